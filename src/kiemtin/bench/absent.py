"""Queries that nothing in the database answers: how they are made, and how the bands do on them.

Where a split has such queries of its own (all their judgments have grade 0), they are asked against the whole
corpus. Elsewhere the judged queries are cut in two halves, and the answers of one half are taken out of the
corpus. Queries that share a relevant document stay in the same half, so that no answerable query loses one.
The measures follow selective classification: El-Yaniv and Wiener, "On the Foundations of Noise-free Selective
Classification", JMLR 11, 2010.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from hashlib import sha256

from kiemtin.bench.beir import Dataset
from kiemtin.retrieval.records import Answer, Band
from kiemtin.retrieval.text import normalise, tokenise


@dataclass(frozen=True, slots=True)
class Halves:
    """Which queries have an answer in the corpus and which have none, once `removed` is taken out of it."""

    answerable: tuple[str, ...]
    not_in_database: tuple[str, ...]
    removed: frozenset[str] = frozenset()


def halves(dataset: Dataset, *, seed: int = 0) -> Halves:
    """Divide the queries of a data set that can be asked; the same seed divides them the same way everywhere.

    A query whose relevant documents are all missing from the corpus is in neither part.
    """
    corpus = {document.id for document in dataset.documents}
    relevant = {query.id: dataset.relevant[query.id] for query in dataset.queries}
    answerable = tuple(query for query, documents in relevant.items() if documents & corpus)
    unanswered = tuple(query for query, documents in relevant.items() if not documents)
    if unanswered:
        return Halves(answerable, unanswered)
    same = twins(dataset)
    return _taken_out(
        {query: frozenset().union(*(same[d] for d in relevant[query] & corpus)) for query in answerable}, seed
    )


def twins(dataset: Dataset) -> dict[str, frozenset[str]]:
    """Return document → all documents with the same words in the same order, itself among them."""
    same: dict[tuple[str, ...], set[str]] = {}
    words = {d.id: tuple(tokenise(normalise(f"{d.title} {d.text}"))) for d in dataset.documents}
    for document, key in words.items():
        # A document without words has no twin.
        same.setdefault(key or (document,), set()).add(document)
    return {document: frozenset(same[key or (document,)]) for document, key in words.items()}


def _taken_out(relevant: Mapping[str, Set[str]], seed: int) -> Halves:
    absent: set[str] = set()
    for group in sorted(_groups(relevant), key=lambda group: min(_rank(query, seed) for query in group)):
        if len(absent) + len(group) <= len(relevant) // 2:
            absent.update(group)
    return Halves(
        tuple(query for query in relevant if query not in absent),
        tuple(query for query in relevant if query in absent),
        frozenset(document for query in absent for document in relevant[query]),
    )


def _rank(query: str, seed: int) -> bytes:
    return sha256(f"{seed}:{query}".encode()).digest()


def _groups(relevant: Mapping[str, Set[str]]) -> list[list[str]]:
    """Return the connected parts of the graph in which queries that share a relevant document are joined."""
    leader = {query: query for query in relevant}

    def find(query: str) -> str:
        while leader[query] != query:
            leader[query] = leader[leader[query]]
            query = leader[query]
        return query

    first: dict[str, str] = {}
    for query, documents in relevant.items():
        for document in documents:
            leader[find(query)] = find(first.setdefault(document, query))
    groups: dict[str, list[str]] = {}
    for query in relevant:
        groups.setdefault(find(query), []).append(query)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share together with what it was made of."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True, slots=True)
class BandCounts:
    """How many queries got each band."""

    answer: int = 0
    maybe: int = 0
    none: int = 0

    @property
    def queries(self) -> int:
        """All of them together."""
        return self.answer + self.maybe + self.none

    def __add__(self, other: BandCounts) -> BandCounts:
        return BandCounts(self.answer + other.answer, self.maybe + other.maybe, self.none + other.none)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the bands did in one division of the queries, or in several added up.

    Attributes
    ----------
    answerable, not_in_database
        The bands of the queries of either kind.
    right
        Answerable queries in band `answer` whose first match is relevant.
    removed
        Documents that were taken out of the corpus.
    """

    answerable: BandCounts = BandCounts()
    not_in_database: BandCounts = BandCounts()
    right: int = 0
    removed: int = 0

    @property
    def answer_precision(self) -> Ratio:
        """Of all queries in band `answer`, those whose first match is relevant."""
        return Ratio(self.right, self.answerable.answer + self.not_in_database.answer)

    @property
    def answer_coverage(self) -> Ratio:
        """Of the answerable queries, those in band `answer` whose first match is relevant."""
        return Ratio(self.right, self.answerable.queries)

    @property
    def false_answer_rate(self) -> Ratio:
        """Of the queries that nothing answers, those that got band `answer`."""
        return Ratio(self.not_in_database.answer, self.not_in_database.queries)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.answerable + other.answerable,
            self.not_in_database + other.not_in_database,
            self.right + other.right,
            self.removed + other.removed,
        )


def tally(parts: Halves, answers: Mapping[str, Answer], relevant: Mapping[str, Set[str]]) -> Tally:
    """Count the bands of the answers to the queries of one division.

    Parameters
    ----------
    parts
        The division.
    answers
        Query id → answer, for every query of the division.
    relevant
        Query id → relevant documents.
    """
    return Tally(
        _bands(answers[query] for query in parts.answerable),
        _bands(answers[query] for query in parts.not_in_database),
        sum(_is_right(answers[query], relevant[query]) for query in parts.answerable),
        len(parts.removed),
    )


def _bands(answers: Iterable[Answer]) -> BandCounts:
    bands = [answer.band for answer in answers]
    return BandCounts(bands.count(Band.ANSWER), bands.count(Band.MAYBE), bands.count(Band.NONE))


def _is_right(answer: Answer, relevant: Set[str]) -> bool:
    return answer.band is Band.ANSWER and bool(answer.matches) and answer.matches[0].id in relevant
