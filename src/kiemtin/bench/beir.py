"""Data sets in BEIR form: `corpus.jsonl`, `queries.jsonl` and `qrels/SPLIT.tsv` in one folder.

The form is that of Thakur et al., "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information
Retrieval Models", NeurIPS 2021 Datasets and Benchmarks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from kiemtin.bench.errors import DataFileMissingError, EmptyDatasetError
from kiemtin.bench.qrels import read_qrels

_BOM = b"\xef\xbb\xbf"


class Fault(StrEnum):
    """What is wrong with a row that is left out."""

    NOT_UTF8 = "not-utf8"
    NOT_JSON = "not-json"
    NOT_OBJECT = "not-object"
    NO_ID = "no-id"
    NO_TEXT = "no-text"
    SAME_ID = "same-id"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used: the file, its line (from 1) and the reason."""

    path: Path
    line: int
    reason: Fault


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the corpus; `wordings` are other wordings of it, from the row's metadata."""

    id: str
    title: str
    text: str
    wordings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """One query."""

    id: str
    text: str


@dataclass(frozen=True)
class Dataset:
    """A corpus, the judged queries of one split and their judgments.

    Attributes
    ----------
    name, split
        The folder's name and the name of the judgments.
    documents
        The whole corpus, in the order of the file.
    queries
        The judged queries that have a text, in the order of the judgments.
    qrels
        Query id → document id → grade. A grade of at least 1 is relevant; 0 is judged and not relevant.
    bad_rows
        Rows of the corpus and the queries that were left out.
    """

    name: str
    split: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]
    qrels: Mapping[str, Mapping[str, int]]
    bad_rows: tuple[BadRow, ...] = ()

    @cached_property
    def relevant(self) -> Mapping[str, frozenset[str]]:
        """Query id → its relevant documents, for every judged query; empty where nothing answers it."""
        return {
            query: frozenset(document for document, grade in grades.items() if grade >= 1)
            for query, grades in self.qrels.items()
        }

    def first(self, count: int) -> Dataset:
        """Return the same corpus with only the first `count` judged queries."""
        qrels = dict(list(self.qrels.items())[:count])
        return replace(self, qrels=qrels, queries=tuple(q for q in self.queries if q.id in qrels))

    def without(self, removed: Set[str]) -> tuple[Document, ...]:
        """Return the documents whose id is not in `removed`."""
        return tuple(document for document in self.documents if document.id not in removed)

    def map_queries(self, change: Callable[[str], str]) -> Dataset:
        """Return the same data set with every query's text changed."""
        return replace(self, queries=tuple(Query(q.id, change(q.text)) for q in self.queries))


def iter_jsonl(path: Path) -> Iterator[tuple[int, dict[str, object]] | BadRow]:
    r"""Yield `(line, object)` for every line that is a JSON object, and a `BadRow` for every other.

    Lines end at `\n` or `\r\n` only; a bare `\r`, a NUL or another control character inside a string belongs
    to the text. A byte order mark at the start and empty lines are skipped. Constant memory.

    Raises
    ------
    DataFileMissingError
        If the file cannot be opened.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise DataFileMissingError(f"cannot open {path}: {error.strerror}", path=path) from error
    with file:
        for line, raw in enumerate(file, start=1):
            content = raw.removeprefix(_BOM) if line == 1 else raw
            if content.strip():
                parsed = _parse(content)
                yield BadRow(path, line, parsed) if isinstance(parsed, Fault) else (line, parsed)


def _parse(content: bytes) -> dict[str, object] | Fault:
    try:
        value = json.loads(content.decode("utf-8"), strict=False)
    except UnicodeDecodeError:
        return Fault.NOT_UTF8
    except (ValueError, RecursionError):  # ValueError also stands for an integer of too many digits
        return Fault.NOT_JSON
    return value if isinstance(value, dict) else Fault.NOT_OBJECT


def iter_documents(path: Path) -> Iterator[Document | BadRow]:
    """Yield the documents of a `corpus.jsonl`, and a `BadRow` for each row that is none."""
    return _unique(path, _document)


def iter_queries(path: Path) -> Iterator[Query | BadRow]:
    """Yield the queries of a `queries.jsonl`, and a `BadRow` for each row that is none."""
    return _unique(path, _query)


_Item = TypeVar("_Item", Document, Query)


def _unique(path: Path, make: Callable[[dict[str, object]], _Item | Fault]) -> Iterator[_Item | BadRow]:
    seen: set[str] = set()
    for row in iter_jsonl(path):
        if isinstance(row, BadRow):
            yield row
            continue
        line, value = row
        item = make(value)
        if isinstance(item, Fault):
            yield BadRow(path, line, item)
        elif item.id in seen:
            yield BadRow(path, line, Fault.SAME_ID)
        else:
            seen.add(item.id)
            yield item


def _document(row: dict[str, object]) -> Document | Fault:
    key, title, text = _id(row), row.get("title"), row.get("text")
    if key is None:
        return Fault.NO_ID
    if not isinstance(title, str) and not isinstance(text, str):
        return Fault.NO_TEXT
    return Document(key, _text(title), _text(text), _wordings(row.get("metadata")))


def _query(row: dict[str, object]) -> Query | Fault:
    key, text = _id(row), row.get("text")
    if key is None:
        return Fault.NO_ID
    return Query(key, text) if isinstance(text, str) else Fault.NO_TEXT


def _id(row: dict[str, object]) -> str | None:
    """Return the row's id as text; None if there is none that a file can hold."""
    key = row.get("_id")
    if isinstance(key, int) and not isinstance(key, bool):
        key = str(key)
    if not isinstance(key, str) or not key.strip():
        return None
    return key if key.isascii() or _is_encodable(key) else None


def _is_encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _wordings(metadata: object) -> tuple[str, ...]:
    found = metadata.get("wordings") if isinstance(metadata, dict) else None
    return tuple(w for w in found if isinstance(w, str)) if isinstance(found, list) else ()


def load(folder: Path, split: str = "test") -> Dataset:
    """Read a BEIR folder with the judgments of one split.

    A judged query without a text stays among the judgments: it cannot be asked and scores zero.

    Raises
    ------
    DataFileMissingError, UnknownSplitError, QrelsFormatError
        If a file is missing or the judgments cannot be read.
    EmptyDatasetError
        If there is no document, or no judged query has a text.
    """
    qrels = read_qrels(folder, split)
    documents, bad_documents = _sorted_out(iter_documents(folder / "corpus.jsonl"))
    found, bad_queries = _sorted_out(iter_queries(folder / "queries.jsonl"))
    texts = {query.id: query for query in found}
    queries = tuple(texts[key] for key in qrels if key in texts)
    for what, items in (("documents", documents), ("queries", queries)):
        if not items:
            raise EmptyDatasetError(f"{folder} has no {what} to measure with", path=folder, what=what)
    name = folder.resolve().name
    return Dataset(name, split, tuple(documents), queries, qrels, (*bad_documents, *bad_queries))


def _sorted_out(rows: Iterable[_Item | BadRow]) -> tuple[list[_Item], list[BadRow]]:
    good: list[_Item] = []
    bad: list[BadRow] = []
    for row in rows:
        if isinstance(row, BadRow):
            bad.append(row)
        else:
            good.append(row)
    return good, bad
