"""Surfaces of one colour that carry text: the page, the bars and the bubbles of a screenshot.

A surface is found by its flatness: neighbouring pixels of one colour that hang together, with letters as holes. Whether
it or its neighbour is light or dark does not matter, nor does light that falls unevenly on a photographed screen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Pixels = NDArray[np.float32]
"""Height × width × 3, 0 to 255."""
Mask = NDArray[np.bool_]
"""Height × width."""

_STEP = 7.0
_SAME = 8.0
_GAP = 6
_SHARED = 0.3
_STEPS_OF_NOISE = (4.0, 10.0)
_NOISES = 2.0
_NOISY = 2.0
_LEAST = 0.05
_MOST_HOLES = 0.85
_ROWS_AT_LEAST = 12


@dataclass(frozen=True, slots=True)
class Region:
    """A surface.

    Attributes
    ----------
    top, left
        Of the rectangle around it, in pixels.
    mask
        Within that rectangle: the surface with its letters.
    flat
        The same without letters.
    holes
        How many spots in it are not flat.
    colour
        Red, green and blue of its middling pixel.
    """

    top: int
    left: int
    mask: Mask
    flat: Mask
    holes: int
    colour: tuple[float, float, float]

    @property
    def where(self) -> tuple[slice, slice]:
        """Return its rectangle as an index of the picture."""
        height, width = self.mask.shape
        return slice(self.top, self.top + height), slice(self.left, self.left + width)


def regions(pixels: Pixels) -> list[Region]:
    """Return the surfaces that carry text, the largest first: a bubble comes after the page that it stands on."""
    labels, count = ndimage.label(_flat(pixels))
    least = (_LEAST * pixels.shape[1]) ** 2
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    boxes = ndimage.find_objects(labels)
    found = []
    for label in np.flatnonzero(sizes >= least):
        box = boxes[label - 1] if label else None
        if box is not None and (region := _region(pixels, labels, int(label), box)):
            found.append(region)
    kept: list[Region] = []
    for region in sorted(found, key=lambda region: -int(region.mask.sum())):
        if any(_is_part(region, other) for other in kept):
            continue
        number = next((number for number, other in enumerate(kept) if _is_other_half(region, other)), None)
        if number is None:
            kept.append(region)
        else:
            kept[number] = _joined(kept[number], region)
    return kept


def _flat(pixels: Pixels) -> Mask:
    """Return where a pixel differs from none of its neighbours by more than the picture's noise."""
    steps = _steps(pixels)
    if np.median(steps) <= _NOISY:
        return np.asarray(steps < _STEP)
    # A photograph. Half the size takes most of the noise away, and is enough to find its surfaces.
    height, width = (length - length % 2 for length in pixels.shape[:2])
    half = pixels[:height, :width].reshape(height // 2, 2, width // 2, 2, 3).mean(axis=(1, 3))
    steps = _steps(half)
    flat = np.zeros(pixels.shape[:2], bool)
    flat[:height, :width] = (steps < _step_of_noise(steps)).repeat(2, axis=0).repeat(2, axis=1)
    return flat


def _step_of_noise(steps: NDArray[np.float32]) -> float:
    least, most = _STEPS_OF_NOISE
    return min(max(_NOISES * float(np.median(steps)), least), most)


def _steps(pixels: Pixels) -> NDArray[np.float32]:
    """Return the largest difference between neighbours, once a picture is smoothed a little."""
    steps = np.zeros(pixels.shape[:2], np.float32)
    for channel in range(3):
        smooth = ndimage.uniform_filter(pixels[..., channel], 3)
        near = ndimage.maximum_filter(smooth, 3) - ndimage.minimum_filter(smooth, 3)
        np.maximum(steps, near, out=steps)
    return steps


def _region(pixels: Pixels, labels: NDArray[np.int32], label: int, box: tuple[slice, slice]) -> Region | None:
    flat = labels[box] == label
    if flat.shape[0] < _ROWS_AT_LEAST:
        return None
    mask = ndimage.binary_fill_holes(_closed(flat))
    _, count = ndimage.label(mask & ~flat)
    if count == 0 or (mask & ~flat).sum() > _MOST_HOLES * mask.sum():
        return None
    red, green, blue = np.median(pixels[box][flat], axis=0)
    return Region(box[0].start, box[1].start, mask, flat, count, (float(red), float(green), float(blue)))


def _is_other_half(region: Region, other: Region) -> bool:
    """Say whether letters cut one surface in two: of the same colour, and where the other is, too."""
    (rows, columns), (more_rows, more_columns) = region.where, other.where
    height = min(rows.stop, more_rows.stop) - max(rows.start, more_rows.start)
    width = min(columns.stop, more_columns.stop) - max(columns.start, more_columns.start)
    shared = max(0, height) * max(0, width) / min(region.mask.size, other.mask.size)
    return shared > _SHARED and _is_like(region, other)


def _joined(one: Region, other: Region) -> Region:
    """Return both as one surface, with everything that lies between its parts above and below."""
    top, left = min(one.top, other.top), min(one.left, other.left)
    bottom = max(part.where[0].stop for part in (one, other))
    right = max(part.where[1].stop for part in (one, other))
    flat = np.zeros((bottom - top, right - left), bool)
    for part in (one, other):
        rows, columns = part.where
        flat[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left] |= part.flat
    from_above = np.logical_or.accumulate(flat, axis=0)
    from_below = np.logical_or.accumulate(flat[::-1], axis=0)[::-1]
    return Region(top, left, from_above & from_below, flat, one.holes + other.holes, one.colour)


def _closed(flat: Mask) -> Mask:
    """Return it with narrow gaps closed: letters that stand near an edge would else lie outside."""
    padded = np.pad(flat, _GAP).astype(np.uint8)
    size = 2 * _GAP - 1
    closed = ndimage.minimum_filter(ndimage.maximum_filter(padded, size), size)
    return np.asarray(closed[_GAP:-_GAP, _GAP:-_GAP] > 0)


def _is_part(region: Region, other: Region) -> bool:
    """Say whether it is a part of a larger surface, cut off by letters that stand close: of one colour with it."""
    rows, columns = region.where
    middle_row, middle_column = (
        (rows.start + rows.stop) // 2 - other.top,
        (columns.start + columns.stop) // 2 - other.left,
    )
    height, width = other.mask.shape
    inside = 0 <= middle_row < height and 0 <= middle_column < width and other.mask[middle_row, middle_column]
    return bool(inside) and _is_like(region, other)


def _is_like(region: Region, other: Region) -> bool:
    return max(abs(a - b) for a, b in zip(region.colour, other.colour, strict=True)) < _SAME
