"""How strongly each pixel stands out from the surface it lies on: letters dark on white, whatever they were."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from kiemtin.media.pictures.reading.regions import Mask, Pixels, Region

Ink = NDArray[np.float32]
"""Height × width: 0 nothing, 1 as strong as the letters of its surface."""

_AROUND = 61
_EDGE = 2
_WEAKEST = 28.0
_STRONG = 97


def ink_of(pixels: Pixels, region: Region, others: Mask) -> Ink:
    """Return the ink on a surface, within its rectangle.

    Parameters
    ----------
    pixels
        The whole picture.
    region
        The surface.
    others
        Within its rectangle: the smaller surfaces that lie on it, and whose ink is their own.
    """
    part = pixels[region.where]
    difference = np.abs(part - _background(part, region.flat & ~others)).max(axis=-1)
    inside = ndimage.binary_erosion(region.mask, iterations=_EDGE, border_value=1) & ~others
    letters = difference[inside & ~region.flat]
    strength = max(_WEAKEST, float(np.percentile(letters, _STRONG))) if letters.size else _WEAKEST
    return np.where(inside, np.clip(difference / strength, 0, 1), 0).astype(np.float32)


def _background(part: Pixels, flat: Mask) -> Pixels:
    """Return the colour that the surface has behind each pixel: the mean of what is flat around it."""
    if not flat.any():
        return np.broadcast_to(np.median(part, axis=(0, 1)), part.shape).astype(np.float32)
    weight = flat.astype(np.float32)
    near = ndimage.uniform_filter(weight, _AROUND, mode="constant")
    colour = np.median(part[flat], axis=0)
    known = near > 0.02
    found = np.empty_like(part)
    for channel in range(3):
        mean = ndimage.uniform_filter(part[..., channel] * weight, _AROUND, mode="constant") / np.maximum(near, 1e-6)
        found[..., channel] = np.where(known, mean, colour[channel])
    return found
