"""A picture taken apart: the ink of each bubble, the ink of the ground, and the plain picture as a second try."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image
from scipy import ndimage

from kiemtin.media.pictures.reading.ink import Ink, ink_of
from kiemtin.media.pictures.reading.regions import Mask, Pixels, Region, regions
from kiemtin.media.pictures.reading.sheets import Piece, letter_height
from kiemtin.media.pictures.reading.surfaces import box_of, sorted_out

_SMALL = 700
_LARGE = 8_000_000
_RIM = 5
_HOLES = 4
_DARK = 0.45


@dataclass(frozen=True, slots=True)
class Working:
    """A picture in the size that it is worked on; `scale` says how many of its pixels make one of what was opened."""

    image: Image.Image
    scale: float


@dataclass(frozen=True, slots=True)
class Parts:
    """What is read of a picture.

    Attributes
    ----------
    bubbles
        From above.
    ground
        Everything else that lies on a surface.
    covered
        Share of the picture that is a surface: little of a photograph, nearly all of a screenshot.
    """

    bubbles: tuple[Piece, ...]
    ground: Piece
    covered: float


def of_working_size(image: Image.Image) -> Working:
    """Double a small picture, and make a large one smaller: that bounds the work, to some 500 MB of memory."""
    area = image.width * image.height
    scale = 2.0 if image.width < _SMALL and 4 * area <= _LARGE else min(1.0, math.sqrt(_LARGE / area))
    if scale == 1:
        return Working(image, scale)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return Working(image.resize(size, Image.Resampling.BICUBIC), scale)


def take_apart(picture: Working) -> Parts:
    """Find the surfaces of a picture and the ink on each."""
    pixels: Pixels = np.asarray(picture.image, np.float32)
    found = [region for region in regions(pixels) if _carries_text(pixels, region)]
    surfaces = sorted_out(found, picture.image.width)
    inks = [ink_of(pixels, region, _others(found, number)) for number, region in enumerate(found)]
    ground: Ink = np.zeros(pixels.shape[:2], np.float32)
    for number in surfaces.ground:
        where = found[number].where
        ground[where] = np.maximum(ground[where], inks[number])
    bubbles = tuple(
        Piece(inks[number], found[number].left, found[number].top, picture.scale) for number in surfaces.bubbles
    )
    return Parts(bubbles, Piece(ground, 0, 0, picture.scale), _covered(found, pixels.shape[:2]))


def plain(picture: Working) -> Piece:
    """Return the whole picture as ink: its darkness, or its lightness where most of it is dark."""
    grey: Ink = np.asarray(picture.image.convert("L"), np.float32) / np.float32(255)
    return Piece(grey if np.median(grey) < _DARK else 1 - grey, 0, 0, picture.scale)


def _carries_text(pixels: Pixels, region: Region) -> bool:
    """Say whether a surface is more than a stroke of a large letter, a ring or a button."""
    return region.holes >= _HOLES or letter_height(ink_of(pixels, region, np.zeros_like(region.mask))) > 0


def _others(found: list[Region], number: int) -> Mask:
    """Return where smaller surfaces lie on this one, with their rims: those are no letters."""
    region = found[number]
    mine = box_of(region)
    covered = np.zeros(region.mask.shape, bool)
    for other in found[number + 1 :]:
        box = box_of(other)
        top, left = max(box.top, mine.top), max(box.left, mine.left)
        bottom = min(box.top + box.height, mine.top + mine.height)
        right = min(box.left + box.width, mine.left + mine.width)
        if bottom > top and right > left:
            part = other.mask[top - box.top : bottom - box.top, left - box.left : right - box.left]
            covered[top - mine.top : bottom - mine.top, left - mine.left : right - mine.left] |= part
    return np.asarray(ndimage.binary_dilation(covered, iterations=_RIM)) if covered.any() else covered


def _covered(found: list[Region], shape: tuple[int, ...]) -> float:
    """Return the share of flat surface with letters, leaving out what is enclosed but no surface itself (a photo)."""
    flat = np.zeros(shape, bool)
    for region in found:
        flat[region.where] |= region.flat
    return float(flat.mean())
