"""What is asked: texts that nobody has asked before, generated and real, and texts that somebody has."""

from __future__ import annotations

import itertools
import json
import random
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.desk.client import addresses
from benchmarks.scale import texts
from kiemtin.retrieval.text import passages

REAL = Path("datasets/kiemtin-vi/queries.jsonl")
_GENERATED = 10_000
_PLACE = 3 * texts.STRANGERS


@dataclass
class Questions:
    """Supplies of texts. `askers` gives each question an address of its own.

    Attributes
    ----------
    generated, short, long
        New ones: generated, and real ones that are matched whole, or passage by passage (more than ninety words).
    known, decided
        Messages of open and of published cases.
    """

    generated: Iterator[str]
    short: Iterator[str]
    long: Iterator[str]
    known: Iterator[str]
    decided: Iterator[str]
    askers: Iterator[dict[str, str]]

    def mixed(self, new_share: float) -> Iterator[str]:
        """Yield texts of which so many in one are new."""
        every = round(1 / new_share)
        return (next(self.generated) if at % every == 0 else next(self.known) for at in itertools.count())


def questions(card: dict[str, Any]) -> Questions:
    """Return texts for one run, new also in a folder that was used: other generated ones, real ones with a new word."""
    chance = random.SystemRandom()
    word = "".join(chance.choice(string.ascii_lowercase) for _ in range(8))
    real = [json.loads(line)["text"] for line in REAL.read_text(encoding="utf-8").splitlines()]
    generated = (
        line.replace("\t", ". ")
        for line in texts.documents(_GENERATED, first=_PLACE + texts.BLOCK * chance.randrange(1 << 30))
    )
    return Questions(
        generated=generated,
        short=(f"{text} {word}" for text in real if not passages(text)),
        long=(f"{text} {word}" for text in real if passages(text)),
        known=itertools.cycle(card["known"]),
        decided=itertools.cycle(card["decided"]),
        askers=addresses(chance.randrange(1 << 23)),
    )
