"""Telling copies of a photograph by their fingerprints. Needs nothing but whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from kiemtin.media.pictures.records import PhotoHash

NEAR = 10
"""Bits of 64 in which two perceptual hashes of the same photograph may differ."""

NEAR_TOO = 16
"""Bits of 64 in which their difference hashes may differ then."""

Key = TypeVar("Key")


def distance(first: PhotoHash, second: PhotoHash) -> int:
    """See `kiemtin.media.pictures.distance`."""
    return min((a ^ b).bit_count() for (a, _), (b, _) in _pairs(first, second))


def is_same_photo(first: PhotoHash, second: PhotoHash) -> bool:
    """See `kiemtin.media.pictures.is_same_photo`."""
    return any(
        (a ^ b).bit_count() <= NEAR and (c ^ d).bit_count() <= NEAR_TOO for (a, c), (b, d) in _pairs(first, second)
    )


def same_photos(photo: PhotoHash, known: Iterable[tuple[Key, PhotoHash]]) -> list[Key]:
    """See `kiemtin.media.pictures.same_photos`."""
    found = [(distance(photo, other), key) for key, other in known if is_same_photo(photo, other)]
    return [key for _, key in sorted(found, key=lambda pair: pair[0])]


def _pairs(first: PhotoHash, second: PhotoHash) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield each view of either beside the whole of the other: two parts of different pictures say nothing."""
    whole, other = first.views[0], second.views[0]
    for view in second.views:
        yield whole, view
    for view in first.views[1:]:
        yield view, other
