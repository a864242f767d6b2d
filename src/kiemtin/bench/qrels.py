"""Relevance judgments of a BEIR folder: `qrels/SPLIT.tsv`, three columns with a header."""

from __future__ import annotations

from pathlib import Path

from kiemtin.bench.errors import DataFileMissingError, QrelsFormatError, UnknownSplitError

_HEADER = ("query-id", "corpus-id", "score")


def splits(folder: Path) -> tuple[str, ...]:
    """Return the names of the splits that a BEIR folder has judgments for, in alphabetical order.

    Raises
    ------
    DataFileMissingError
        If there is no folder `qrels`.
    """
    qrels = folder / "qrels"
    if not qrels.is_dir():
        raise DataFileMissingError(f"{folder} has no folder qrels", path=qrels)
    return tuple(sorted(file.stem for file in qrels.glob("*.tsv")))


def read_qrels(folder: Path, split: str) -> dict[str, dict[str, int]]:
    """Return query id → document id → grade, in the order of the file.

    Raises
    ------
    UnknownSplitError
        If the folder has no such split; its `splits` are those that exist.
    QrelsFormatError
        If a line is not two ids and a whole number, or judges a pair twice and differently.
    """
    known = splits(folder)
    if split not in known:
        raise UnknownSplitError(
            f"{folder} has no split {split!r}; it has: {', '.join(known) or 'none'}",
            split=split,
            splits=known,
            path=folder,
        )
    return _read(folder / "qrels" / f"{split}.tsv")


def _read(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = {}
    for line, raw in enumerate(_lines(path), start=1):
        columns = tuple(raw.split("\t"))
        if not raw.strip() or (line == 1 and tuple(c.strip().lower() for c in columns) == _HEADER):
            continue
        query, document, grade = _judgment(columns, path, line)
        if qrels.setdefault(query, {}).setdefault(document, grade) != grade:
            raise _refused(path, line, f"{query} and {document} are judged twice and differently")
    return qrels


def _lines(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8-sig").split("\n")
    except OSError as error:
        raise DataFileMissingError(f"cannot open {path}: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _refused(path, line, "not UTF-8") from error


def _judgment(columns: tuple[str, ...], path: Path, line: int) -> tuple[str, str, int]:
    try:
        query, document, grade = columns
        if query and document:
            return query, document, int(grade)
    except ValueError:
        pass
    raise _refused(path, line, "expected query-id, corpus-id and a whole number, divided by tabs")


def _refused(path: Path, line: int, why: str) -> QrelsFormatError:
    return QrelsFormatError(f"{path}:{line}: {why}", path=path, line=line)
