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

Hits = list[tuple[float, int]]
"""Terms that both sides have: the weight of each, and how often it stands in the record's text."""


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
    def totals(self) -> dict[str, float]:
        """View → summed idf of its terms."""
        return {view: sum(weights.values()) for view, weights in self.weights.items()}

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


class Known:
    """A text of a record, prepared once for all messages, as long as the statistics stand."""

    def __init__(self, entry: Entry, statistics: Statistics) -> None:
        self.entry = entry
        self._statistics = statistics

    @cached_property
    def norms(self) -> dict[str, float]:
        """BM25's length norm in each view: k1 · (1 - b + b · length / average)."""
        average = self._statistics.average
        lengths = {view: sum(counts.values()) for view, counts in self.entry.counts.items()}
        return {v: K1 * (1 - B + B * n / average[v]) if average[v] else K1 for v, n in lengths.items()}

    @cached_property
    def masses(self) -> dict[str, float]:
        """Summed idf of the distinct words of title and of text."""
        idf, counts = self._statistics.idf, self.entry.counts
        title = sum(idf("folded", term) for term in counts["title"])
        is_same = counts["text"] is counts["title"]
        return {"title": title, "text": title if is_same else sum(idf("folded", term) for term in counts["text"])}

    @cached_property
    def grams(self) -> dict[bool, tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]]:
        """Character n-gram vectors, as in `Part.grams`."""
        return {bare: self._statistics.grams.vector(grams) for bare, grams in self.entry.grams.items()}


def bm25(part: Part, known: Known, view: str, terms: str) -> float:
    """BM25 in one view, as a share of what a text saturated with every term would get, 0 to 1.

    Parameters
    ----------
    view
        Of the record: a key of `Entry.counts`.
    terms
        Of the message: a key of `Part.weights`.
    """
    return _bm25(part, known, view, terms, _hits(part, known, view, terms))


def covered(part: Part, known: Known, view: str) -> float:
    """Share of the idf of the record's title or text that stands in the message too, 0 to 1."""
    return _covered(known, view, _hits(part, known, view, "folded"))


def _hits(part: Part, known: Known, view: str, terms: str) -> Hits:
    weights = part.weights[terms]
    found = map(known.entry.counts[view].get, weights)
    return [(weight, held) for weight, held in zip(weights.values(), found, strict=True) if held]


def _bm25(part: Part, known: Known, view: str, terms: str, hits: Hits) -> float:
    best = part.totals[terms] * (K1 + 1)
    if not best or not hits:
        return 0.0
    norm = known.norms[view]
    return sum([weight * held / (held + norm) for weight, held in hits]) * (K1 + 1) / best


def _covered(known: Known, view: str, hits: Hits) -> float:
    mass = known.masses[view]
    return sum([weight for weight, _ in hits]) / mass if mass else 0.0


def shared(a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> int:
    """Count the values that two sorted arrays of distinct values have in common."""
    if not len(a) or not len(b):
        return 0
    at = np.searchsorted(b, a)
    at[at == len(b)] = 0
    return int((b[at] == a).sum())


def lexical_signals(part: Part, known: Known) -> list[float]:
    """Return the signals of `SIGNALS` that need no vectors, in that order.

    Where either side is written without diacritics, only folded words are compared.
    """
    bare = Kind.BARE in (part.analysis.kind, known.entry.kind)
    in_all, counts = _hits(part, known, "folded", "folded"), known.entry.counts
    # Of a wording, title and text are the same words: what stands in them is looked up once.
    in_title, in_text = (
        in_all if counts[view] is counts["folded"] else _hits(part, known, view, "folded") for view in ("title", "text")
    )
    folded = _bm25(part, known, "folded", "folded", in_all)
    both = shared(part.shingles, known.entry.shingles)
    chars_folded = cosine(part.grams[True], known.grams[True])
    plain = bare or part.analysis.kind is Kind.OTHER
    return [
        folded if bare else bm25(part, known, "words", "words"),
        folded,
        bm25(part, known, "bigrams", "bigrams"),
        _bm25(part, known, "title", "folded", in_title),
        _bm25(part, known, "text", "folded", in_text),
        _covered(known, "title", in_title),
        _covered(known, "text", in_text),
        chars_folded if plain else cosine(part.grams[False], known.grams[False]),
        chars_folded,
        both / max(len(known.entry.shingles), FEWEST_SHINGLES),
        both / max(len(part.shingles), FEWEST_SHINGLES),
    ]
