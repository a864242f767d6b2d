"""Recall and precision of a masker on the labelled messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.masking.corpus import Row, Span
from kiemtin.questions.masking import Kind

Masker = Callable[[str], Sequence[Span]]

NUMBERS = (Kind.PHONE, Kind.ID_NUMBER, Kind.ACCOUNT, Kind.CARD, Kind.TAX_CODE, Kind.PASSPORT, Kind.PLATE)
"""Kinds that are made of figures."""
KEPT = "kept-"
"""Topics of messages in which there is nothing to mask, but what looks like it."""


@dataclass(slots=True)
class Tally:
    """Counts of one kind."""

    gold: int = 0
    found: int = 0  # every character of it that carries data is masked, under whatever kind
    named: int = 0  # of those found, under its own kind
    predicted: int = 0
    right: int = 0  # of those predicted, touching labelled data of whatever kind

    def add(self, other: Tally) -> None:
        """Count the other's too."""
        for name in ("gold", "found", "named", "predicted", "right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def json(self) -> dict[str, Any]:
        """Give the counts, with recall and precision where there is something to divide by."""
        counts = {name: getattr(self, name) for name in ("gold", "found", "named", "predicted", "right")}
        recall = round(self.found / self.gold, 4) if self.gold else None
        precision = round(self.right / self.predicted, 4) if self.predicted else None
        return {**counts, "recall": recall, "precision": precision}


@dataclass(slots=True)
class Measured:
    """What a masker did on messages, by kind; and on those with nothing to mask."""

    kinds: dict[Kind, Tally] = field(default_factory=lambda: {kind: Tally() for kind in Kind})
    kept: Counter[str] = field(default_factory=Counter)  # messages without personal data, by topic
    touched: Counter[str] = field(default_factory=Counter)  # of those, in which something was masked

    def numbers(self) -> Tally:
        """Give the counts of all kinds made of figures together."""
        total = Tally()
        for kind in NUMBERS:
            total.add(self.kinds[kind])
        return total

    def json(self) -> dict[str, Any]:
        """Give all counts."""
        everything = Tally()
        for tally in self.kinds.values():
            everything.add(tally)
        return {
            "kinds": {kind.value: tally.json() for kind, tally in self.kinds.items()},
            "numbers": self.numbers().json(),
            "all": everything.json(),
            "kept": {topic: {"messages": count, "touched": self.touched[topic]} for topic, count in self.kept.items()},
        }


def covers(row: Row, gold: Span, predicted: Iterable[Span]) -> bool:
    """Whether every letter and figure of a labelled piece is masked; what stands between them carries nothing."""
    left = {at for at in range(gold.start, gold.end) if row.text[at].isalnum()}
    for span in predicted:
        left -= set(range(span.start, span.end))
    return not left


def touch(one: Span, other: Span) -> bool:
    """Whether two pieces have a character in common."""
    return one.start < other.end and other.start < one.end


def measure(rows: Iterable[Row], masker: Masker) -> Measured:
    """Count what the masker finds in the messages."""
    measured = Measured()
    for row in rows:
        predicted = masker(row.text)
        for gold in row.spans:
            tally = measured.kinds[gold.kind]
            tally.gold += 1
            if covers(row, gold, predicted):
                tally.found += 1
                tally.named += any(touch(gold, span) and span.kind is gold.kind for span in predicted)
        for span in predicted:
            tally = measured.kinds[span.kind]
            tally.predicted += 1
            tally.right += any(touch(span, gold) for gold in row.spans)
        if not row.spans:
            topic = row.topic.removeprefix(KEPT)
            measured.kept[topic] += 1
            measured.touched[topic] += bool(predicted)
    return measured
