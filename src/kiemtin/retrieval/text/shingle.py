"""Shingles: hashes of short word runs, by which copies of a text are found (Broder 1997)."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

WIDTH = 3
"""Words in a shingle."""

_MULTIPLIERS = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D], dtype=np.uint32)


def word_hashes(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Hash each word (CRC-32 of its UTF-8 bytes); the same on every machine."""
    return np.fromiter((zlib.crc32(w.encode("utf-8", "replace")) for w in words), np.uint32, len(words))


def _mix(values: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Finish as MurmurHash3 does, so that the smallest hashes are a fair sample."""
    values = values ^ (values >> np.uint32(16))
    values = values * np.uint32(0x85EBCA6B)
    values ^= values >> np.uint32(13)
    values = values * np.uint32(0xC2B2AE35)
    return values ^ (values >> np.uint32(16))


def shingle_hashes(words: Sequence[str]) -> npt.NDArray[np.uint32]:
    """Return the distinct shingle hashes of `words`, sorted, shape (n,).

    A text of fewer words than `WIDTH` is one shingle; an empty one has none.
    """
    if not words:
        return np.empty(0, np.uint32)
    hashed = word_hashes(words)
    width = min(WIDTH, len(words))
    count = len(words) - width + 1
    total = np.full(count, width, np.uint32)
    for offset in range(width):
        total = total * np.uint32(31) + hashed[offset : offset + count] * _MULTIPLIERS[offset]
    return np.unique(_mix(total))
