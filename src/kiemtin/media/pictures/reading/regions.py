"""Surfaces of one colour that carry text: the page, the bars and the bubbles of a screenshot.

A surface is found by its flatness: neighbouring pixels of the same colour that hang together, with letters as holes. Whether
it is light or dark, or its neighbour is, does not matter, and light that falls unevenly on a photographed screen does not
either.
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

_FLAT = 9.0
_LEAST = 0.05
_HOLES = 4
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
    """

    top: int
    left: int
    mask: Mask
    flat: Mask

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
        if box is not None and (region := _region(labels, int(label), box)):
            found.append(region)
    return sorted(found, key=lambda region: -int(region.mask.sum()))


def _flat(pixels: Pixels) -> Mask:
    """Return where a pixel differs from none of its neighbours, once noise is smoothed."""
    smooth = np.stack([ndimage.uniform_filter(pixels[..., channel], 3) for channel in range(3)], axis=-1)
    size = (3, 3, 1)
    steps = ndimage.maximum_filter(smooth, size) - ndimage.minimum_filter(smooth, size)
    return np.asarray(steps.max(axis=-1) < _FLAT)


def _region(labels: NDArray[np.int32], label: int, box: tuple[slice, slice]) -> Region | None:
    flat = labels[box] == label
    if flat.shape[0] < _ROWS_AT_LEAST:
        return None
    mask = ndimage.binary_fill_holes(flat)
    holes, count = ndimage.label(mask & ~flat)
    if count < _HOLES or (mask & ~flat).sum() > _MOST_HOLES * mask.sum():
        return None
    return Region(box[0].start, box[1].start, mask, flat)
