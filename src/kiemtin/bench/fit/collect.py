"""Collecting: every candidate of every query with its signals, and whether it is the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kiemtin.bench.absent import twins
from kiemtin.bench.beir import Dataset, load
from kiemtin.bench.fit.plan import Source
from kiemtin.bench.transform import strip_diacritics
from kiemtin.retrieval import Encoder, Index, Matcher, Model, Record
from kiemtin.retrieval.calibrate import LEADS
from kiemtin.retrieval.errors import MessageError
from kiemtin.retrieval.fusion import Case
from kiemtin.retrieval.guards import check_guards
from kiemtin.retrieval.pipeline import Candidate, calibration_values

_GUARDED = 12
"""Candidates whose facts are compared: none further down is ever shown."""


@dataclass(frozen=True)
class Asked:
    """One query and its candidates, in the order of the model they were collected with.

    Attributes
    ----------
    source
        Where it comes from.
    key
        The query's text, the same in all variants of it and in all sets that hold it.
    cases
        Shape (n,).
    values
        What calibration looks at, shape (n, signals + extra); score and leads are filled in later.
    relevant
        Shape (n,), 0 or 1; a word-for-word twin of the answer is relevant too.
    missed
        Relevant records that no matcher proposed.
    """

    source: Source
    key: str
    cases: tuple[Case, ...]
    values: npt.NDArray[np.float64]
    relevant: npt.NDArray[np.float64]
    missed: int


def find(folders: Sequence[Path], name: str) -> Path:
    """Return the folder called `name` below one of `folders`.

    Raises
    ------
    FileNotFoundError
        None holds it.
    """
    for folder in folders:
        if (folder / name / "corpus.jsonl").exists():
            return folder / name
    raise FileNotFoundError(f"no folder {name} in {', '.join(map(str, folders))}")


def _records(dataset: Dataset, mark: str) -> list[Record]:
    """Make records of a corpus; those of two corpora with the same id are versions of one work."""
    return [Record(mark + d.id, d.title, d.text, d.wordings, work=d.id) for d in dataset.documents]


def collect(
    source: Source, folders: Sequence[Path], encoder: Encoder | None, model: Model, tell: Callable[[str], None]
) -> list[Asked]:
    """Index the corpus of `source`, ask its queries with `model`, and keep every candidate."""
    dataset = load(find(folders, source.folder), source.split)
    records = _records(dataset, "")
    same = twins(dataset)
    if source.beside:
        records += _records(load(find(folders, source.beside), source.split), "+")
    with Index.in_memory(encoder=encoder) as index:
        index.add(records)
        index.commit()
        matcher = Matcher(index, model=model)
        queries = sorted(dataset.queries, key=lambda q: q.id)[: source.limit or None]
        asked = []
        for query in queries:
            text = strip_diacritics(query.text) if source.bare else query.text
            right = frozenset().union(*(same.get(d, {d}) for d in dataset.relevant.get(query.id, ())))
            wanted = right | {f"+{id_}" for id_ in right} if source.beside else right
            try:
                candidates = matcher.candidates(text)
            except MessageError:
                continue
            asked.append(_keep(source, query.text, candidates, wanted))
        tell(f"{source.folder} {source.split}{' bare' if source.bare else ''}: {len(asked)} queries")
        return asked


def _keep(source: Source, key: str, candidates: list[Candidate], wanted: frozenset[str] | set[str]) -> Asked:
    rows = []
    for at, candidate in enumerate(candidates):
        guards = check_guards(candidate.passage, candidate.stored.record) if at < _GUARDED else ()
        rows.append(calibration_values(candidate, np.zeros(1 + len(LEADS)), guards))
    relevant = np.array([float(c.stored.record.id in wanted) for c in candidates])
    return Asked(
        source=source,
        key=key,
        cases=tuple(c.case for c in candidates),
        values=np.array(rows) if rows else np.empty((0, 0)),
        relevant=relevant,
        missed=len(wanted) - int(relevant.sum()),
    )
