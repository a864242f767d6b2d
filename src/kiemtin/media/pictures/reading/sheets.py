"""Sheets for the reader: letters black on white, of the size that it reads best, one text below another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from kiemtin.media.pictures.reading.ink import Ink
from kiemtin.media.pictures.records import Box

_LETTER = 24
"""Pixels that a middling letter is high on a sheet."""

_SCALES = (0.4, 4.0)
_MARGIN = 30
_GAP = 36
_BLOB = 7
_FEWEST, _MOST = 3, 40_000
_TALLEST, _LARGEST = 30_000, 24_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Ink from one place of the picture.

    Attributes
    ----------
    left, top
        Of its upper left corner, in its own pixels.
    scale
        How many of its pixels make one of the picture.
    """

    ink: Ink
    left: int
    top: int
    scale: float


@dataclass(frozen=True, slots=True)
class _Placed:
    piece: Piece
    top: int
    bottom: int
    scale: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to read, and where each part of it comes from.

    Attributes
    ----------
    page
        Height × width, 255 is paper.
    placed
        The pieces on it, from above.
    """

    page: NDArray[np.uint8]
    placed: tuple[_Placed, ...]

    def number_at(self, box: Box) -> int:
        """Return which piece a rectangle of the sheet belongs to."""
        middle = box.top + box.height / 2
        distances = [max(one.top - middle, middle - one.bottom, 0.0) for one in self.placed]
        return distances.index(min(distances))

    def in_picture(self, box: Box) -> Box:
        """Return the same rectangle in pixels of the picture."""
        one = self.placed[self.number_at(box)]
        scale, piece = one.scale * one.piece.scale, one.piece
        left = (box.left - _MARGIN) / scale + piece.left / piece.scale
        top = (box.top - one.top) / scale + piece.top / piece.scale
        return Box(max(0, round(left)), max(0, round(top)), round(box.width / scale), round(box.height / scale))


def letter_height(ink: Ink) -> float:
    """Return the height of a middling letter in pixels; 0 if there are no letters."""
    spots, count = ndimage.label(ink > 0.5)
    if count > _MOST:  # a page of a newspaper has fewer: grass, gravel, noise
        return 0.0
    sizes = [(rows.stop - rows.start, columns.stop - columns.start) for rows, columns in ndimage.find_objects(spots)]
    heights = [height for height, width in sizes if height >= 5 and width >= 2 and width < 6 * height < 36 * width]
    return float(np.median(heights)) if len(heights) >= _FEWEST else 0.0


def without_blobs(ink: Ink, height: float) -> Ink:
    """Return ink without spots that are much larger than letters: photos, buttons, rules."""
    spots, count = ndimage.label(ink > 0.25)
    large = np.zeros(count + 1, bool)
    for number, (rows, columns) in enumerate(ndimage.find_objects(spots), start=1):
        tall, wide = rows.stop - rows.start, columns.stop - columns.start
        large[number] = (tall > _BLOB * height) or (wide > 3 * _BLOB * height)
    return np.where(large[spots], 0, ink).astype(np.float32)


def sheet_of(pieces: Sequence[Piece]) -> Sheet | None:
    """Put pieces one below another, each with letters of the same height; None if there are no letters on them."""
    drawn = [(piece, height) for piece in pieces if (height := letter_height(piece.ink))]
    if not drawn:
        return None
    fit = _fit([(piece, _scale(height)) for piece, height in drawn])
    scaled = []
    for piece, letter in drawn:
        scale = fit * _scale(letter)
        scaled.append((piece, scale, _scaled(without_blobs(piece.ink, letter), scale)))
    width = max(part.shape[1] for _, _, part in scaled) + 2 * _MARGIN
    height = sum(part.shape[0] + _GAP for _, _, part in scaled) + 2 * _MARGIN
    page, placed, top = np.full((height, width), 255, np.uint8), [], _MARGIN
    for piece, scale, part in scaled:
        page[top : top + part.shape[0], _MARGIN : _MARGIN + part.shape[1]] = part
        placed.append(_Placed(piece, top, top + part.shape[0], scale))
        top += part.shape[0] + _GAP
    return Sheet(page, tuple(placed))


def _scale(height: float) -> float:
    return min(max(_LETTER / height, _SCALES[0]), _SCALES[1])


def _fit(pieces: Sequence[tuple[Piece, float]]) -> float:
    """Return by what scales must be made smaller, so that the sheet stays within what tesseract takes."""
    height = sum(float(piece.ink.shape[0]) * scale + _GAP for piece, scale in pieces)
    width = max(float(piece.ink.shape[1]) * scale for piece, scale in pieces)
    return min(1.0, _TALLEST / height, _TALLEST / width, math.sqrt(_LARGEST / (height * width)))


def _scaled(ink: Ink, scale: float) -> NDArray[np.uint8]:
    image = Image.fromarray((255 - 255 * ink).astype(np.uint8))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC))
