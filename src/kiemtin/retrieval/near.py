"""Near copies: forwarded texts that were cut, extended or touched up, found by the shingles they share.

Every text keeps the sample of its shingle hashes that are small (FracMinHash: Irber et al. 2022), at least `AT_LEAST`
of them; a message looks up all of its own. The share of a sample that comes back estimates how much of the known text
the message contains, whatever surrounds it; the share of the message's own sample says the same the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kiemtin.retrieval.arrays import save_array
from kiemtin.retrieval.errors import IndexFormatError

Hashes = npt.NDArray[np.uint32]

SAMPLE = np.uint32(2**32 // 8)
"""Hashes below this are kept: one in eight."""

AT_LEAST = 12
"""Smallest hashes of a short text that are kept in any case."""

COMMON = 2_000
"""A shingle that stands in more texts than this says nothing (a greeting, a footer) and is left out."""

MAX_SEGMENTS = 8

_GROWTH = 2
"""A segment is merged into the one before it unless that is more than so many times as large."""

_OWNER_BITS = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Copy:
    """A known text that shares shingles with a message.

    Attributes
    ----------
    owner
        The number given to `add`.
    shared
        Sampled shingles in common.
    contained
        Share of the known text's sample that the message holds, 0 to 1.
    """

    owner: int
    shared: int
    contained: float


@dataclass(frozen=True, slots=True)
class _Segment:
    hashes: Hashes  # sorted, shape (n,)
    owners: npt.NDArray[np.uint32]  # shape (n,)


def sample(hashes: Hashes) -> Hashes:
    """Return the sample of sorted distinct shingle hashes that an index keeps."""
    small = int(np.searchsorted(hashes, SAMPLE))
    return hashes[: max(small, AT_LEAST)]


class NearIndex:
    """An inverted index of sampled shingles: sorted arrays, appended as segments.

    Segments are merged as they grow alike, so that each entry is written about log2(commits) times.

    Parameters
    ----------
    folder
        Where segments are kept; None keeps them in memory.
    segments
        Names of the segments that count (`sweep` removes the files of others).

    Raises
    ------
    IndexFormatError
        The file of a segment is missing or damaged.
    """

    def __init__(self, folder: Path | None, *, segments: tuple[str, ...] = ()) -> None:
        self._folder = folder
        self._names = list(segments)
        self._pending: list[tuple[Hashes, int]] = []
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._segments = [self._read(name) for name in self._names]
        self._sizes = np.zeros(0, np.int64)
        for segment in self._segments:
            self._sizes = _count_in(self._sizes, segment.owners)

    @property
    def segments(self) -> tuple[str, ...]:
        """Names of the segments that count now."""
        return tuple(self._names)

    def add(self, hashes: Hashes, owner: int) -> None:
        """Take in the sorted distinct shingle hashes of a text that belongs to `owner`."""
        kept = sample(hashes)
        if len(kept):
            self._pending.append((kept, owner))

    def commit(self) -> tuple[str, ...]:
        """Make what was added durable and searchable; return the names of the segments that count."""
        if self._pending:
            hashes = np.concatenate([h for h, _ in self._pending])
            owners = np.repeat(np.array([o for _, o in self._pending], np.uint32), [len(h) for h, _ in self._pending])
            self._pending = []
            self._sizes = _count_in(self._sizes, owners)
            self._append(_sorted_segment(hashes, owners))
        return self.segments

    def sweep(self) -> None:
        """Remove files of segments that no longer count."""
        if self._folder is not None:
            for path in self._folder.glob("*.npy"):
                if path.stem not in self._names:
                    path.unlink()

    def search(self, hashes: Hashes, k: int) -> list[Copy]:
        """Return the known texts that share most shingles with a message, best first.

        Parameters
        ----------
        hashes
            All sorted distinct shingle hashes of the message.
        k
            At most so many texts.
        """
        owners = self._look_up(hashes)
        if not len(owners):
            return []
        unique, shared = np.unique(owners, return_counts=True)
        contained = shared / np.maximum(self._sizes[unique], 1)
        order = np.lexsort((unique, -shared, -np.maximum(contained, shared / len(hashes))))[:k]
        return [Copy(int(unique[i]), int(shared[i]), float(min(contained[i], 1.0))) for i in order]

    def _look_up(self, hashes: Hashes) -> npt.NDArray[np.uint32]:
        """Return the owners of every entry with one of `hashes`, common ones left out."""
        bounds = [
            (np.searchsorted(s.hashes, hashes, "left"), np.searchsorted(s.hashes, hashes, "right"))
            for s in self._segments
        ]
        counts = sum((right - left for left, right in bounds), np.zeros(len(hashes), np.int64))
        telling = counts <= COMMON
        runs = [
            segment.owners[a:b]
            for segment, (left, right) in zip(self._segments, bounds, strict=True)
            for a, b in zip(left[telling].tolist(), right[telling].tolist(), strict=True)
            if a < b
        ]
        return np.concatenate(runs) if runs else np.empty(0, np.uint32)

    def _append(self, segment: _Segment) -> None:
        name = f"segment-{1 + max((int(name.split('-')[1]) for name in self._names), default=0):08d}"
        while self._segments and (
            len(self._segments) >= MAX_SEGMENTS or len(self._segments[-1].hashes) <= _GROWTH * len(segment.hashes)
        ):
            # Only forgotten here: its file counts until the caller says otherwise, and `sweep` removes it then.
            self._names.pop()
            segment = _merged(self._segments.pop(), segment)
        if self._folder is not None:
            save_array(self._folder / f"{name}.npy", np.stack([segment.hashes, segment.owners]))
            segment = self._read(name)
        self._segments.append(segment)
        self._names.append(name)

    def _read(self, name: str) -> _Segment:
        if self._folder is None:
            return _Segment(np.empty(0, np.uint32), np.empty(0, np.uint32))
        path = self._folder / f"{name}.npy"
        try:
            table = np.load(path, mmap_mode="r")
        except (OSError, ValueError, EOFError) as error:
            raise IndexFormatError(f"{path} is missing or damaged: rebuild the index", path=str(path)) from error
        return _Segment(table[0], table[1])


def _sorted_segment(hashes: Hashes, owners: npt.NDArray[np.uint32]) -> _Segment:
    # One 64-bit number for each pair: sorting those is many times quicker than sorting by two keys.
    pairs = hashes.astype(np.uint64) << _OWNER_BITS | owners
    pairs.sort()
    return _Segment((pairs >> _OWNER_BITS).astype(np.uint32), pairs.astype(np.uint32))


def _merged(a: _Segment, b: _Segment) -> _Segment:
    return _sorted_segment(np.concatenate([a.hashes, b.hashes]), np.concatenate([a.owners, b.owners]))


def _count_in(sizes: npt.NDArray[np.int64], owners: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """Add the sampled shingles of each owner to `sizes`; shape (highest owner + 1,)."""
    counts = np.bincount(owners, minlength=len(sizes))
    counts[: len(sizes)] += sizes
    return counts
