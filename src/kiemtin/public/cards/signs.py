"""The verdicts' signs, drawn as shapes on a grid of 24 units: the same that the site shows beside each verdict.

Each differs from all others in outline, so that a card still speaks in grey, small or printed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from PIL import Image, ImageDraw

from kiemtin.public.cards.content import WITHDRAWN, CardError

GRID = 24
_FINE = 4  # drawn this much larger, then brought down: Pillow's shapes have hard edges

Point = tuple[float, float]


class _Stencil:
    """A mask to draw on in grid units; `cut` takes away instead of adding."""

    def __init__(self, size: int) -> None:
        self.mask = Image.new("L", (size, size), 0)
        self._draw = ImageDraw.Draw(self.mask)
        self._unit = size / GRID

    def shape(self, points: list[Point], *, cut: bool = False) -> None:
        self._draw.polygon([(x * self._unit, y * self._unit) for x, y in points], fill=0 if cut else 255)

    def box(self, left: float, top: float, right: float, bottom: float, *, cut: bool = False) -> None:
        self.shape([(left, top), (right, top), (right, bottom), (left, bottom)], cut=cut)

    def disc(self, center: Point, radius: float, *, cut: bool = False) -> None:
        self.shape(_arc(center, radius, 0, 360), cut=cut)

    def band(self, center: Point, radii: tuple[float, float], start: float, stop: float) -> None:
        outer, inner = radii
        self.shape(_arc(center, outer, start, stop) + _arc(center, inner, stop, start))

    def stroke(self, start: Point, end: Point, thickness: float, *, cut: bool = False) -> None:
        length = math.dist(start, end)
        across = (end[1] - start[1]) / length * thickness / 2, (start[0] - end[0]) / length * thickness / 2
        ends = [(start, 1), (end, 1), (end, -1), (start, -1)]
        self.shape([(x + side * across[0], y + side * across[1]) for (x, y), side in ends], cut=cut)


def sign(verdict: str, size: int) -> Image.Image:
    """Draw the sign of a verdict as a mask of `size` by `size` pixels.

    Raises
    ------
    CardError
        `unknown-verdict`, if there is no sign for it.
    """
    if verdict not in SIGNS:
        raise CardError("unknown-verdict", f"There is no sign for the verdict {verdict!r}.")
    return _sign(verdict, size)


@lru_cache(maxsize=64)
def _sign(verdict: str, size: int) -> Image.Image:
    stencil = _Stencil(size * _FINE)
    SIGNS[verdict](stencil)
    return stencil.mask.reduce(_FINE)


def _arc(center: Point, radius: float, start: float, stop: float) -> list[Point]:
    """Give points on a circle; degrees clockwise from the right, as the y axis points down."""
    steps = max(2, round(abs(stop - start) / 3))
    angles = [math.radians(start + (stop - start) * step / steps) for step in range(steps + 1)]
    return [(center[0] + radius * math.cos(angle), center[1] + radius * math.sin(angle)) for angle in angles]


def _false(on: _Stencil) -> None:
    """Draw a stop sign with a cross."""
    on.shape([(8, 2), (16, 2), (22, 8), (22, 16), (16, 22), (8, 22), (2, 16), (2, 8)])
    on.stroke((7.6, 7.6), (16.4, 16.4), 2.5, cut=True)
    on.stroke((16.4, 7.6), (7.6, 16.4), 2.5, cut=True)


def _misleading(on: _Stencil) -> None:
    """Draw a warning triangle."""
    corners = [(12, 3.5), (21.6, 20.4), (2.4, 20.4)]
    on.shape(_rounded(corners, 1.5))
    on.box(10.8, 8.6, 13.2, 14.9, cut=True)
    on.box(10.8, 16.5, 13.2, 18.9, cut=True)


def _rounded(corners: list[Point], radius: float) -> list[Point]:
    """Give the hull of discs at the corners of a triangle that points up."""
    top, right, left = corners
    return _arc(top, radius, 210, 330) + _arc(right, radius, -30, 90) + _arc(left, radius, 90, 210)


def _missing_context(on: _Stencil) -> None:
    """Draw a square whose corner lies apart and is empty."""
    on.shape([(2, 3), (11, 3), (11, 13), (21, 13), (21, 21.5), (2, 21.5)])
    on.box(14, 2, 22.5, 10.5)
    on.box(16.1, 4.1, 20.4, 8.4, cut=True)


def _altered(on: _Stencil) -> None:
    """Draw a picture torn in two and put together wrongly."""
    on.shape([(1.5, 6), (10.5, 6), (8.3, 10.8), (11.3, 14.2), (9, 21.5), (1.5, 21.5)])
    on.shape([(13.6, 2.5), (22.5, 2.5), (22.5, 18), (12, 18), (14.2, 12.4), (11.2, 9)])


def _scam(on: _Stencil) -> None:
    """Draw a hazard diamond with a fishing hook."""
    on.shape([(12, 0.7), (23.3, 12), (12, 23.3), (0.7, 12)])
    inner, outer = _arc((11, 14), 2, 0, 180), _arc((11, 14), 4, 180, 0)
    on.shape([(13, 6), *inner, (9, 13.6), (10.4, 13.6), (7, 10.2), *outer, (15, 6)], cut=True)


def _unproven(on: _Stencil) -> None:
    """Draw a question mark in a broken circle."""
    for part in range(10):
        on.band((12, 12), (11.1, 8.9), part * 36 + 5, part * 36 + 31)
    on.band((12, 9.7), (3.9, 1.6), 180, 415)
    on.shape([(12.9, 11), (14.24, 12.89), (13.5, 13.5), (13.15, 14.5), (10.85, 14.5), (11.1, 13), (11.9, 11.9)])
    on.box(10.85, 15.8, 13.15, 18.1)


def _true(on: _Stencil) -> None:
    """Draw a tick on a disc."""
    on.disc((12, 12), 10.5)
    on.shape([(10.5, 13.9), (7.3, 10.7), (5.5, 12.5), (10.5, 17.5), (18.7, 9.3), (16.9, 7.5)], cut=True)


def _withdrawn(on: _Stencil) -> None:
    """Draw a page that is struck out."""
    on.box(4.4, 0.8, 19.6, 23.2)
    on.box(6.7, 3.1, 17.3, 20.9, cut=True)
    on.stroke((0.6, 21.2), (23.4, 2.8), 4.8, cut=True)
    on.stroke((1.4, 20.5), (22.6, 3.5), 2.3)


SIGNS: dict[str, Callable[[_Stencil], None]] = {
    "false": _false,
    "misleading": _misleading,
    "missing-context": _missing_context,
    "altered": _altered,
    "scam": _scam,
    "unproven": _unproven,
    "true": _true,
    WITHDRAWN: _withdrawn,
}
