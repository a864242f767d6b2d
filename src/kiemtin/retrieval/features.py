"""Signals: how a part of a message and a text of a record agree, one number for each way of looking.

All are free of scale (shares and cosines), so that one set of weights serves a corpus of forty and one of a million.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.chargrams import GramTable, cosine, gram_counts
from kiemtin.retrieval.lexical import Entry
from kiemtin.retrieval.text import Analysis, Kind, shingle_hashes

K1, B = 1.2, 0.75
"""BM25's saturation and length weight, the same as tantivy's."""

SIGNALS = (
    "words",
    "folded",
    "bigrams",
    "title",
    "text",
    "covers_title",
    "covers_text",
    "chars",
    "chars_folded",
    "copy_of",
    "copy_in",
    "cosine",
    "centred",
)
"""BM25 over words, folded words, bigrams, title, text; share of title and of text that the message covers; character
n-grams; share of shingles of the known text in the message, and the other way round; cosine of the vectors, plain and
centred."""

FEWEST_SHINGLES = 6
"""A text of fewer shingles is too short to be called a copy of anything."""

ENCODER_SIGNALS = ("cosine", "centred")

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Statistics:
    """What the whole collection says about a term or a length.

    Attributes
    ----------
    records
        How many records there are.
    average
        Mean number of terms in each view, and in `title` and `text`.
    frequency
        (view, term) → in how many records the term stands.
    grams
        Frequencies of character n-grams.
    """

    records: int
    average: dict[str, float]
    frequency: Callable[[str, str], int]
    grams: GramTable

    def idf(self, view: str, term: str) -> float:
        """Inverse document frequency as in BM25: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        known = min(self.frequency(view, term), self.records)
        return math.log(1 + (self.records - known + 0.5) / (known + 0.5))


class Part:
    """A message, or a passage of it, prepared once for all candidates."""

    def __init__(self, analysis: Analysis, statistics: Statistics) -> None:
        self.analysis = analysis
        self._statistics = statistics

    @cached_property
    def weights(self) -> dict[str, dict[str, float]]:
        """View → term → idf, for each distinct term."""
        terms: dict[str, Iterable[str]] = {
            "words": self.analysis.words,
            "folded": self.analysis.folded,
            "bigrams": self.analysis.bigrams,
        }
        return {v: {t: self._statistics.idf(v, t) for t in dict.fromkeys(of)} for v, of in terms.items()}

    @cached_property
    def grams(self) -> dict[bool, tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]]:
        """Character n-gram vector, of the folded words under True and of the words under False."""
        table = self._statistics.grams
        sources = {True: self.analysis.folded, False: self.analysis.words}
        return {bare: table.vector(gram_counts(" ".join(words))) for bare, words in sources.items()}

    @cached_property
    def shingles(self) -> npt.NDArray[np.uint32]:
        """Shingle hashes of the folded words."""
        return shingle_hashes(self.analysis.folded)


def bm25(weights: dict[str, float], counts: dict[str, int], average: float) -> float:
    """BM25 of a text with these term counts, as a share of what a text saturated with every term would get, 0 to 1."""
    best = sum(weights.values()) * (K1 + 1)
    if not best or not counts:
        return 0.0
    length = sum(counts.values())
    norm = K1 * (1 - B + B * length / average) if average else K1
    score = 0.0
    for term, weight in weights.items():
        held = counts.get(term, 0)
        if held:
            score += weight * held * (K1 + 1) / (held + norm)
    return score / best


def covered(counts: dict[str, int], weights: dict[str, float], statistics: Statistics) -> float:
    """Share of the text's idf that stands in the message too, 0 to 1."""
    total = hit = 0.0
    for term in counts:
        weight = weights.get(term)
        if weight is None:
            total += statistics.idf("folded", term)
        else:
            total += weight
            hit += weight
    return hit / total if total else 0.0


def shared(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> int:
    """Count the values that two sorted arrays of distinct values have in common."""
    if not len(a) or not len(b):
        return 0
    at = np.searchsorted(b, a)
    at[at == len(b)] = 0
    return int((b[at] == a).sum())


def lexical_signals(part: Part, entry: Entry, statistics: Statistics) -> list[float]:
    """Return the signals of `SIGNALS` that need no vectors, in that order.

    Where either side is written without diacritics, only folded words are compared.
    """
    bare = Kind.BARE in (part.analysis.kind, entry.kind)
    counts, weights = entry.counts, part.weights
    average = statistics.average
    folded = bm25(weights["folded"], counts["folded"], average["folded"])
    both = shared(part.shingles, entry.shingles)
    chars_folded = cosine(part.grams[True], statistics.grams.vector(entry.grams[True]))
    plain = bare or part.analysis.kind is Kind.OTHER
    return [
        folded if bare else bm25(weights["words"], counts["words"], average["words"]),
        folded,
        bm25(weights["bigrams"], counts["bigrams"], average["bigrams"]),
        bm25(weights["folded"], counts["title"], average["title"]),
        bm25(weights["folded"], counts["text"], average["text"]),
        covered(counts["title"], weights["folded"], statistics),
        covered(counts["text"], weights["folded"], statistics),
        chars_folded if plain else cosine(part.grams[False], statistics.grams.vector(entry.grams[False])),
        chars_folded,
        both / max(len(entry.shingles), FEWEST_SHINGLES),
        both / max(len(part.shingles), FEWEST_SHINGLES),
    ]
