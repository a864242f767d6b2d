"""Character n-grams: what still matches when words are glued, misspelt or inflected.

Runs of four characters over the whole text, blanks included, are hashed into a table of fixed size; weights are
(1 + ln tf) · idf, compared by cosine (Salton and Buckley 1988; the hashing trick of Weinberger et al. 2009).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WIDTH = 4
"""Characters in a run."""

BUCKETS = 1 << 20
"""Size of the table."""

_MOST = np.iinfo(np.uint16).max

Buckets = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float32]

_MULTIPLIERS = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class GramCounts:
    """The n-grams of one text: `buckets` sorted and distinct, `counts` beside them, both of shape (n,).

    A count ends at 65,535.
    """

    buckets: Buckets
    counts: npt.NDArray[np.uint16]


def gram_counts(text: str) -> GramCounts:
    """Count the n-grams of `text`; a shorter text counts as one run."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint32)
    if not len(points):
        return GramCounts(np.empty(0, np.uint32), np.empty(0, np.uint16))
    width = min(WIDTH, len(points))
    runs = len(points) - width + 1
    total = np.zeros(runs, np.uint32)
    for offset in range(width):
        total += points[offset : offset + runs] * _MULTIPLIERS[offset]
    total ^= total >> np.uint32(15)
    total *= np.uint32(0x85EBCA6B)
    total ^= total >> np.uint32(13)
    buckets, counts = np.unique(total % np.uint32(BUCKETS), return_counts=True)
    return GramCounts(buckets, np.minimum(counts, _MOST).astype(np.uint16))


class GramTable:
    """In how many records each n-gram stands, by which n-grams are weighed.

    Parameters
    ----------
    frequency
        Shape (BUCKETS,): from an earlier `frequency`, which stays as it is; None starts empty.
    records
        How many records were counted.
    """

    def __init__(self, frequency: Buckets | None = None, records: int = 0) -> None:
        self.frequency = np.zeros(BUCKETS, np.uint32) if frequency is None else frequency
        self.records = records
        self._is_own = frequency is None

    def count(self, buckets: Buckets, by: int) -> None:
        """Count a record's distinct n-grams in (`by` = 1) or out again (-1)."""
        if not self._is_own:
            self.frequency, self._is_own = np.array(self.frequency), True
        if by > 0:
            self.frequency[buckets] += np.uint32(1)
        else:
            held = self.frequency[buckets]
            self.frequency[buckets] = held - (held > 0)
        self.records = max(self.records + by, 0)

    def vector(self, grams: GramCounts) -> tuple[Buckets, Floats]:
        """Return the buckets and their weights, shape (n,), of Euclidean length 1."""
        # Worked out for these alone: the table of all is of no use after the next commit.
        idf = np.log((1 + self.records) / (1 + self.frequency[grams.buckets].astype(np.float32))) + np.float32(1)
        weights = (1 + np.log(grams.counts, dtype=np.float64)).astype(np.float32) * idf
        length = np.linalg.norm(weights)
        return grams.buckets, weights / length if length else weights


def cosine(a: tuple[Buckets, Floats], b: tuple[Buckets, Floats]) -> float:
    """Cosine of two vectors made by `GramTable.vector`."""
    if len(a[0]) > len(b[0]):
        a, b = b, a
    if not len(a[0]):
        return 0.0
    at = np.searchsorted(b[0], a[0])
    at[at == len(b[0])] = 0
    return float((a[1] * b[1][at])[b[0][at] == a[0]].sum())
