"""Generated documents: words of one or two syllables with Zipf frequencies, drawn by topic, so that words co-occur.

Block ``n`` of the documents depends on the seed and ``n`` alone: a small collection is the beginning of a large one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.scale.syllables import syllables
from kiemtin.retrieval.text import fold

SEED = 20_261_122
BLOCK = 10_000
SYLLABLES = 6_500
COMPOUNDS = 30_000
NUMBERS = 4_000
NAMES = 200_000
TOPICS = 3_000
TOPIC_WORDS = 120
STRANGERS = 1_000_000_000
"""Number of the first document that no collection holds."""

SHORTEST, LONGEST = 12, 60

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Lexicon:
    """Words by number: syllables, then compounds, numbers and rare names; `topics` has shape (TOPICS, TOPIC_WORDS)."""

    words: list[str]
    common: npt.NDArray[np.float64]
    in_topic: npt.NDArray[np.float64]
    topics: Ints


def zipf(count: int, offset: float = 10.0, exponent: float = 1.05) -> npt.NDArray[np.float64]:
    """Cumulated Zipf-Mandelbrot probabilities of `count` ranks, shape (count,)."""
    weights = 1.0 / (np.arange(count) + offset) ** exponent
    return np.cumsum(weights / weights.sum())


def draw(rng: np.random.Generator, cumulated: npt.NDArray[np.float64], shape: tuple[int, ...] | int) -> Ints:
    """Draw ranks."""
    return np.minimum(np.searchsorted(cumulated, rng.random(shape)), len(cumulated) - 1)


def _number(rng: np.random.Generator) -> str:
    digits = int(rng.integers(1, 8))
    value = int(rng.integers(10 ** (digits - 1), 10**digits))
    return f"{value:,}".replace(",", ".") if digits > 4 else str(value)


def lexicon() -> Lexicon:
    """Make the words and topics."""
    rng = np.random.default_rng(SEED)
    single = list(rng.permutation(syllables())[:SYLLABLES])
    common = zipf(SYLLABLES)
    pairs = draw(rng, common, (COMPOUNDS, 2)).tolist()
    compounds = [f"{single[a]} {single[b]}" for a, b in pairs]
    numbers = [_number(rng) for _ in range(NUMBERS)]
    bare = [fold(s) for s in single]
    names = [bare[a] + bare[b] for a, b in rng.integers(0, SYLLABLES, (NAMES, 2)).tolist()]
    topics = rng.integers(300, SYLLABLES + COMPOUNDS, (TOPICS, TOPIC_WORDS))
    return Lexicon([str(w) for w in (*single, *compounds, *numbers, *names)], common, zipf(TOPIC_WORDS, 3.0), topics)


def _block(words: Lexicon, rng: np.random.Generator) -> Iterator[str]:
    lengths = np.clip(rng.lognormal(3.15, 0.42, BLOCK), SHORTEST, 44).astype(int).tolist()
    shape = (BLOCK, 44)
    topic = draw(rng, zipf(TOPICS, 50.0, 0.8), BLOCK)
    chosen = words.topics[topic[:, None], draw(rng, words.in_topic, shape)]
    kind = rng.random(shape)
    chosen = np.where(kind < 0.5, draw(rng, words.common, shape), chosen)
    first = SYLLABLES + COMPOUNDS
    chosen = np.where(kind > 0.955, rng.integers(first, first + NUMBERS, shape), chosen)
    chosen = np.where(kind > 0.985, rng.integers(first + NUMBERS, first + NUMBERS + NAMES, shape), chosen)
    for row, length in zip(chosen.tolist(), lengths, strict=True):
        yield _sentences(" ".join([words.words[i] for i in row[:length]]).split())


def _sentences(words: list[str]) -> str:
    """Cut words into a title and a text, parted by a tab."""
    words = words[:LONGEST]
    at = max(6, len(words) // 3)
    middle = (at + len(words)) // 2
    title, first, second = words[:at], words[at:middle], words[middle:]
    return "\t".join((_sentence(title), f"{_sentence(first)}. {_sentence(second)}."))


def _sentence(words: list[str]) -> str:
    whole = " ".join(words)
    return whole[:1].upper() + whole[1:]


def documents(count: int, *, first: int = 0) -> Iterator[str]:
    """Yield `count` documents from number `first` (a multiple of `BLOCK`), each a title, a tab and a text."""
    words = lexicon()
    for number in range(0, count, BLOCK):
        block = _block(words, np.random.default_rng((SEED, first + number)))
        for _, document in zip(range(min(BLOCK, count - number)), block, strict=False):
            yield document


def write(path: Path, count: int) -> None:
    """Write `count` documents to `path`, one a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{document}\n" for document in documents(count))


def read(path: Path) -> Iterator[tuple[str, str]]:
    """Yield title and text of each document."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield parted(line)


def parted(line: str) -> tuple[str, str]:
    """Return title and text of a line."""
    title, _, text = line.rstrip("\n").partition("\t")
    return title, text
