"""A picture taken apart: the ink of each bubble, the ink of the ground, and the plain picture as a second try."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from kiemtin.media.pictures.reading.ink import Ink, ink_of
from kiemtin.media.pictures.reading.regions import Mask, Pixels, Region, regions
from kiemtin.media.pictures.reading.sheets import Piece, letter_height
from kiemtin.media.pictures.reading.surfaces import box_of, sorted_out

_SMALL = 700
_RIM = 5
_HOLES = 4


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
    scale
        By which pieces are larger than the picture.
    """

    bubbles: tuple[Piece, ...]
    ground: Piece
    covered: float
    scale: float


def take_apart(image: Image.Image) -> Parts:
    """Find the surfaces of a picture and the ink on each."""
    scale = 2.0 if image.width < _SMALL else 1.0
    if scale > 1:
        image = image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC)
    pixels: Pixels = np.asarray(image, np.float32)
    found = [region for region in regions(pixels) if _carries_text(pixels, region)]
    surfaces = sorted_out(found, image.width)
    inks = [ink_of(pixels, region, _others(found, number)) for number, region in enumerate(found)]
    ground: Ink = np.zeros(pixels.shape[:2], np.float32)
    for number in surfaces.ground:
        where = found[number].where
        ground[where] = np.maximum(ground[where], inks[number])
    bubbles = tuple(Piece(inks[number], found[number].left, found[number].top) for number in surfaces.bubbles)
    return Parts(bubbles, Piece(ground, 0, 0), _covered(found, pixels.shape[:2]), scale)


def plain(image: Image.Image) -> Piece:
    """Return the whole picture as ink: its darkness, or its lightness where most of it is dark."""
    grey: NDArray[np.float32] = np.asarray(image.convert("L"), np.float32) / 255
    return Piece(grey if np.median(grey) < 0.45 else 1 - grey, 0, 0)


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
