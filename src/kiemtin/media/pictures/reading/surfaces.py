"""What the surfaces of a picture are: bubbles and boxes that hold a text each, and the ground around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiemtin.media.pictures.reading.regions import Region
from kiemtin.media.pictures.records import Box

_AS_WIDE = 0.92
_NEAR = 0.12


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Positions in the list of regions.

    Attributes
    ----------
    bubbles
        Those that hold a text of their own, the upper first.
    ground
        The page, bars across it, the table on which a phone lies.
    """

    bubbles: tuple[int, ...]
    ground: tuple[int, ...]


def sorted_out(regions: Sequence[Region], width: int) -> Surfaces:
    """Tell bubbles from ground in a picture of `width` pixels; `regions` come with the largest first.

    A bubble has nothing on it and is narrower than what it lies on. A bar is as wide as the page that it borders on.
    """
    boxes = [box_of(region) for region in regions]
    holders = [_holder(number, boxes) for number in range(len(boxes))]
    pages = {holder for holder in holders if holder is not None}
    ground = set(pages)
    for number, box in enumerate(boxes):
        holder = holders[number]
        around = boxes[holder].width if holder is not None else width
        if box.width >= _AS_WIDE * around or any(_borders(box, boxes[page]) for page in pages - {holder, number}):
            ground.add(number)
    bubbles = sorted(set(range(len(boxes))) - ground, key=lambda number: (boxes[number].top, boxes[number].left))
    return Surfaces(tuple(bubbles), tuple(sorted(ground)))


def box_of(region: Region) -> Box:
    """Return the rectangle around a region."""
    height, width = region.mask.shape
    return Box(region.left, region.top, width, height)


def _holder(number: int, boxes: Sequence[Box]) -> int | None:
    """Return the smallest of the larger rectangles that hold this one."""
    return next((other for other in range(number - 1, -1, -1) if _holds(boxes[other], boxes[number])), None)


def _holds(outer: Box, inner: Box) -> bool:
    right, bottom = inner.left + inner.width, inner.top + inner.height
    sideways = outer.left <= inner.left and right <= outer.left + outer.width
    return sideways and outer.top <= inner.top and bottom <= outer.top + outer.height


def _borders(bar: Box, page: Box) -> bool:
    """Say whether it lies across the page's upper or lower end."""
    if bar.width < (1 - _NEAR) * page.width or bar.height > page.height / 3:
        return False
    near = _NEAR * page.height
    above = abs(bar.top + bar.height - page.top) < near
    return above or abs(bar.top - page.top - page.height) < near
