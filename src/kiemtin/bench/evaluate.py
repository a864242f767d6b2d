"""One measurement: index a data set, ask its queries, score the run, then the not-in-database protocol."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from kiemtin.bench.absent import Halves, Tally, halves, tally
from kiemtin.bench.beir import Dataset, Document, Query
from kiemtin.bench.runs import Run, in_order
from kiemtin.bench.scoring import Metrics, score
from kiemtin.retrieval.errors import MessageError
from kiemtin.retrieval.records import Answer, Band, Record

_BATCH = 32


class Stage(StrEnum):
    """What a measurement is doing: either pass over the data set indexes first and asks then."""

    INDEX = "index"
    ASK = "ask"
    INDEX_WITHOUT = "index-without"
    ASK_WITHOUT = "ask-without"


class Progress(Protocol):
    """Told how far a stage has come."""

    def __call__(self, done: int, total: int, stage: Stage) -> None:
        """Take note: `done` of `total` documents or queries."""
        ...


class Asker(Protocol):
    """What answers messages; `retrieval.Matcher` is one."""

    def ask(self, message: str, *, limit: int = 5) -> Answer:
        """Answer one message; `MessageError` if it cannot be matched at all."""
        ...

    def ask_many(self, messages: Sequence[str], *, limit: int = 5) -> Iterator[Answer]:
        """Answer messages in order; `MessageError` as above."""
        ...


class Engine(Protocol):
    """Builds an index of records and opens it for asking."""

    def __call__(self, records: Sequence[Record], *, progress: Callable[[int], None]) -> AbstractContextManager[Asker]:
        """Index the records, telling how many are done."""
        ...


@dataclass(frozen=True, slots=True)
class Settings:
    """What to measure.

    Attributes
    ----------
    depth
        How many documents are asked for, and kept in the run.
    absent
        Whether the not-in-database protocol is run.
    seed, repeats
        Of the division of the queries: `repeats` divisions from `seed` on, added up.
    """

    depth: int = 20
    absent: bool = True
    seed: int = 0
    repeats: int = 1


@dataclass(frozen=True)
class Evaluation:
    """What one measurement found.

    Attributes
    ----------
    dataset
        The data set as it was asked.
    run
        The answers to all queries, on the whole corpus.
    metrics
        Of the run.
    divisions
        Divisions of the queries that `absent` adds up.
    absent
        The not-in-database measures; None if they were not asked for.
    unreadable
        Queries that the matching core refused, and that count as `none`.
    seconds
        For everything.
    seconds_asking
        For the queries on the whole corpus.
    """

    dataset: Dataset
    run: Run
    metrics: Metrics
    absent: Tally | None
    divisions: int
    unreadable: int
    seconds: float
    seconds_asking: float


@dataclass(slots=True)
class _Asked:
    answers: dict[str, Answer] = field(default_factory=dict)
    unreadable: int = 0
    seconds: float = 0.0


def _silent(done: int, total: int, stage: Stage) -> None:
    """Tell nobody."""


def evaluate(
    dataset: Dataset, engine: Engine, *, settings: Settings = Settings(), progress: Progress = _silent
) -> Evaluation:
    """Measure an engine on a data set.

    Parameters
    ----------
    dataset
        What to index and ask.
    engine
        What answers.
    settings
        See `Settings`.
    progress
        Told after every batch of documents or queries.
    """
    return _Measurement(dataset, engine, settings, progress).carried_out()


@dataclass(frozen=True, slots=True)
class _Measurement:
    dataset: Dataset
    engine: Engine
    settings: Settings
    progress: Progress

    def carried_out(self) -> Evaluation:
        began = time.perf_counter()
        whole = self._pass(self.dataset.documents, Stage.INDEX, Stage.ASK)
        answers = whole.answers.items()
        run = Run({query: in_order((m.id, m.score) for m in answer.matches) for query, answer in answers})
        divisions = self._divisions()
        tallies = [self._tally(parts, whole) for parts in divisions]
        return Evaluation(
            dataset=self.dataset,
            run=run,
            metrics=score(run, self.dataset.relevant),
            absent=sum(tallies, start=Tally()) if self.settings.absent else None,
            divisions=len(divisions),
            unreadable=whole.unreadable,
            seconds=time.perf_counter() - began,
            seconds_asking=whole.seconds,
        )

    def _divisions(self) -> list[Halves]:
        if not self.settings.absent:
            return []
        seed, repeats = self.settings.seed, self.settings.repeats
        first = halves(self.dataset, seed=seed)
        # Queries that nothing answers by nature are the same whatever the seed.
        seeds = range(seed + 1, seed + repeats) if first.removed else ()
        return [first, *(halves(self.dataset, seed=seed) for seed in seeds)]

    def _tally(self, parts: Halves, whole: _Asked) -> Tally:
        asked = whole
        if parts.removed:
            documents = self.dataset.without(parts.removed)
            asked = self._pass(documents, Stage.INDEX_WITHOUT, Stage.ASK_WITHOUT)
        return tally(parts, asked.answers, self.dataset.relevant)

    def _pass(self, documents: Sequence[Document], indexing: Stage, asking: Stage) -> _Asked:
        records = [Record(d.id, title=d.title, text=d.text, wordings=d.wordings) for d in documents]
        queries = self.dataset.queries
        with self.engine(records, progress=lambda done: self.progress(done, len(records), indexing)) as asker:
            return _ask_all(asker, queries, self.settings.depth, lambda done: self.progress(done, len(queries), asking))


def _ask_all(asker: Asker, queries: Sequence[Query], depth: int, progress: Callable[[int], None]) -> _Asked:
    asked = _Asked()
    began = time.perf_counter()
    for at in range(0, len(queries), _BATCH):
        batch = queries[at : at + _BATCH]
        for query, answer in zip(batch, _ask_batch(asker, batch, depth), strict=True):
            asked.answers[query.id] = answer or Answer(Band.NONE)
            asked.unreadable += answer is None
        progress(at + len(batch))
    asked.seconds = time.perf_counter() - began
    return asked


def _ask_batch(asker: Asker, batch: Sequence[Query], depth: int) -> list[Answer | None]:
    try:
        return list(asker.ask_many([query.text for query in batch], limit=depth))
    except MessageError:  # one of them is hopeless: find out which
        return [_ask_one(asker, query.text, depth) for query in batch]


def _ask_one(asker: Asker, text: str, depth: int) -> Answer | None:
    try:
        return asker.ask(text, limit=depth)
    except MessageError:
        return None
