"""Fingerprints of photographs: a perceptual hash, and a difference hash that must agree.

The first is the sign of the 8 × 8 lowest frequencies of a cosine transform (Zauner, "Implementation and Benchmarking of
Perceptual Image Hash Functions", 2010), the second the sign of brightness differences along rows; both by `imagehash`.
Each is made of the whole picture, without a border of one colour, and of parts of it: so a cropped copy is found too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import imagehash
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kiemtin.media.pictures.records import Opened, PhotoHash

_SIDE = 512
_CUTS = (
    *((share, share, share, share) for share in (0.03, 0.06, 0.09)),
    *((0.1, 0, 0, 0), (0, 0.1, 0, 0), (0, 0, 0.1, 0), (0, 0, 0, 0.1)),
)
_PLAIN = 6.0
_EVEN = 10.0
_MOST_BORDER = 0.35


def photo_hash(opened: Opened) -> PhotoHash | None:
    """See `kiemtin.media.pictures.photo_hash`."""
    with Image.open(io.BytesIO(opened.data), formats=["WEBP"]) as image:
        return fingerprint(image)


def fingerprint(image: Image.Image) -> PhotoHash | None:
    """Return the hashes of an unpacked picture; None if it is too plain."""
    grey = image.convert("L")
    grey.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    if np.asarray(without_border(grey), np.float32).std() < _PLAIN:
        return None
    return PhotoHash(tuple(_hashes(view) for view in _views(grey)))


def without_border(grey: Image.Image) -> Image.Image:
    """Cut off rows and columns at the edges that have one and the same colour, no more than a third from each side."""
    pixels = np.asarray(grey, np.float32)
    top, bottom = _inner(pixels)
    left, right = _inner(pixels[top:bottom].T)
    return grey.crop((left, top, right, bottom))


def _inner(pixels: NDArray[np.float32]) -> tuple[int, int]:
    """Return the first row that does not belong to a border, and the one after the last."""
    count = pixels.shape[0]
    first, last = (_border(pixels[order]) for order in (slice(None), slice(None, None, -1)))
    return first, count - last


def _border(pixels: NDArray[np.float32]) -> int:
    """Return how many rows from the first on are even, and as bright as the first: a sky is neither."""
    most = round(_MOST_BORDER * pixels.shape[0])
    rows = pixels[: most + 1]
    even = (np.ptp(rows, axis=1) < _EVEN) & (np.abs(rows.mean(axis=1) - rows[0].mean()) < _EVEN)
    inside = np.flatnonzero(~even)
    count = int(inside[0]) if inside.size else 0  # even for a third: a part of the picture
    # The row at the seam is a mixture of both.
    return count + 1 if count else 0


def _views(grey: Image.Image) -> Iterator[Image.Image]:
    """Yield the whole picture without its border, parts of it, and the whole with a border if there seems to be one."""
    inner = without_border(grey)
    yield inner
    for left, top, right, bottom in _CUTS:
        across, down = inner.size
        yield inner.crop(_rounded(left * across, top * down, (1 - right) * across, (1 - bottom) * down))
    if inner.size != grey.size:
        yield grey


def _rounded(left: float, top: float, right: float, bottom: float) -> tuple[int, int, int, int]:
    return round(left), round(top), round(right), round(bottom)


def _hashes(view: Image.Image) -> tuple[int, int]:
    return _number(imagehash.phash(view).hash), _number(imagehash.dhash(view).hash)


def _number(bits: NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(bits.ravel()).tobytes(), "big")
