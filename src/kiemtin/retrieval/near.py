"""Near copies: forwarded texts that were cut, extended or touched up, found by the shingles they share.

Every text keeps the sample of its shingle hashes that are small (FracMinHash: Irber et al. 2022), at least `AT_LEAST`
of them; a message looks up all of its own. The share of a sample that comes back estimates how much of the known text the
message contains, whatever surrounds it; the share of the message's own sample says the same the other way round.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint32]

SAMPLE = np.uint32(2**32 // 8)
"""Hashes below this are kept: one in eight."""

AT_LEAST = 12
"""Smallest hashes of a short text that are kept in any case."""

COMMON = 2_000
"""A shingle that stands in more texts than this says nothing (a greeting, a footer) and is left out."""

MAX_SEGMENTS = 8


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
    """An inverted index of sampled shingles: sorted arrays, appended as segments and merged now and then.

    Parameters
    ----------
    folder
        Where segments are kept; None keeps them in memory.
    segments
        Names of the segments that count (files of others are removed).
    """

    def __init__(self, folder: Path | None, *, segments: tuple[str, ...] = ()) -> None:
        self._folder = folder
        self._names = list(segments)
        self._pending: list[tuple[Hashes, int]] = []
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self._segments = [self._read(name) for name in self._names]
        self._sizes = _sizes(self._segments)

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
            self._append(_sorted_segment(hashes, owners))
            if len(self._segments) > MAX_SEGMENTS:
                self._merge()
            self._sizes = _sizes(self._segments)
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
        found = [self._look_up(segment, hashes) for segment in self._segments]
        owners = np.concatenate(found) if found else np.empty(0, np.uint32)
        if not len(owners):
            return []
        unique, shared = np.unique(owners, return_counts=True)
        contained = shared / np.maximum(self._sizes[unique], 1)
        order = np.lexsort((unique, -shared, -np.maximum(contained, shared / len(hashes))))[:k]
        return [Copy(int(unique[i]), int(shared[i]), float(min(contained[i], 1.0))) for i in order]

    @staticmethod
    def _look_up(segment: _Segment, hashes: Hashes) -> npt.NDArray[np.uint32]:
        left = np.searchsorted(segment.hashes, hashes, "left")
        right = np.searchsorted(segment.hashes, hashes, "right")
        runs = [segment.owners[a:b] for a, b in zip(left, right, strict=True) if 0 < b - a <= COMMON]
        return np.concatenate(runs) if runs else np.empty(0, np.uint32)

    def _append(self, segment: _Segment) -> None:
        number = 1 + max((int(name.split("-")[1]) for name in self._names), default=0)
        name = f"segment-{number:08d}"
        if self._folder is not None:
            path = self._folder / f"{name}.npy"
            with path.open("wb") as file:
                np.save(file, np.stack([segment.hashes, segment.owners]))
                file.flush()
                os.fsync(file.fileno())
            segment = self._read(name)
        self._segments.append(segment)
        self._names.append(name)

    def _merge(self) -> None:
        whole = _sorted_segment(
            np.concatenate([s.hashes for s in self._segments]), np.concatenate([s.owners for s in self._segments])
        )
        last = self._names[-1]
        self._segments = []
        self._names = [last]
        self._append(whole)
        self._names = self._names[1:]

    def _read(self, name: str) -> _Segment:
        if self._folder is None:
            return _Segment(np.empty(0, np.uint32), np.empty(0, np.uint32))
        table = np.load(self._folder / f"{name}.npy", mmap_mode="r")
        return _Segment(table[0], table[1])


def _sorted_segment(hashes: Hashes, owners: npt.NDArray[np.uint32]) -> _Segment:
    order = np.lexsort((owners, hashes))
    return _Segment(hashes[order], owners[order])


def _sizes(segments: list[_Segment]) -> npt.NDArray[np.int64]:
    """Count the sampled shingles of each owner, shape (highest owner + 1,)."""
    highest = max((int(s.owners.max()) for s in segments if len(s.owners)), default=-1)
    total = np.zeros(highest + 1, np.int64)
    for segment in segments:
        total += np.bincount(segment.owners, minlength=highest + 1)
    return total
