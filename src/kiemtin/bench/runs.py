"""A run: what the program answered to each query, and the TREC run file that keeps it.

A line is `query-id Q0 document-id rank score tag` (six columns), as `trec_eval` and `ir_measures` read it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import numpy as np

from kiemtin.bench.errors import DataFileMissingError, RunFormatError

_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Scored:
    """One ranked document."""

    document: str
    score: float


@dataclass(frozen=True)
class Run:
    """Query id → ranked documents, best first, in the order in which the queries were asked."""

    rankings: Mapping[str, tuple[Scored, ...]]

    def scores(self, query: str) -> dict[str, float]:
        """Return document id → score; empty for a query that is not in the run."""
        return {scored.document: scored.score for scored in self.rankings.get(query, ())}


def in_order(pairs: Iterable[tuple[str, float]]) -> tuple[Scored, ...]:
    """Return the documents with scores that fall strictly, in single precision, in the order as given.

    Readers of run files sort by the score alone and hold it in single precision. Where the given scores tie
    there, or rise, a score is lowered to the next smaller number, so that the file says what the asker saw.
    """
    ranking: list[Scored] = []
    ceiling = np.float32(np.finfo(np.float32).max)
    for document, score in pairs:
        with np.errstate(over="ignore"):
            held = np.float32(score)
        held = held if held <= ceiling else ceiling  # also where it is not a number
        ranking.append(Scored(document, float(held)))
        ceiling = np.nextafter(held, np.float32(-np.inf))
    return tuple(ranking)


def trec_id(key: str) -> str:
    """Return the id as a run file holds it: white space, which divides its columns, is percent-encoded."""
    return "".join(quote(char, safe="") if char.isspace() else char for char in key)


def write_run(run: Run, path: Path, *, tag: str = "kiemtin") -> None:
    """Write a TREC run file, in UTF-8; scores keep every digit that they need to be read back the same.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for query, ranking in run.rankings.items():
            for rank, scored in enumerate(ranking, start=1):
                key, document = trec_id(query), trec_id(scored.document)
                file.write(f"{key} Q0 {document} {rank} {scored.score!r} {tag}\n")


def read_run(path: Path) -> Run:
    """Read a TREC run file; within a query the lines keep their order.

    Raises
    ------
    DataFileMissingError
        If the file cannot be opened.
    RunFormatError
        If a line has not six columns or no finite score, or names a document of its query again.
    """
    rankings: dict[str, dict[str, float]] = {}
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise DataFileMissingError(f"cannot open {path}: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise RunFormatError(f"{path} is not UTF-8", path=path, line=0) from error
    for line, raw in enumerate(content.split("\n"), start=1):
        if raw.strip():
            query, document, score = _columns(raw, path, line)
            if rankings.setdefault(query, {}).setdefault(document, score) is not score:
                raise RunFormatError(f"{path}:{line}: {document} is ranked twice", path=path, line=line)
    return Run({q: tuple(Scored(d, s) for d, s in ranking.items()) for q, ranking in rankings.items()})


def _columns(raw: str, path: Path, line: int) -> tuple[str, str, float]:
    columns = raw.split()
    try:
        score = float(columns[4])
    except (IndexError, ValueError):
        score = math.nan
    if len(columns) != _COLUMNS or not math.isfinite(score):
        raise RunFormatError(f"{path}:{line}: expected six columns with a finite score", path=path, line=line)
    return columns[0], columns[2], score
