"""The cards' typeface: widths, kerning and ink of a text, and the text set on a canvas.

Every glyph is placed by itself from widths in thousandths of an em. That keeps cards equal on all systems (Pillow
shapes text differently where fribidi is missing) and the kerning between plain and accented letters right.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import zip_longest

from PIL import ImageDraw, ImageFont

from kiemtin.public.cards.characters import FONTS

_EM = 1000


class Weight(Enum):
    """The weights that the cards use."""

    REGULAR = 400
    BOLD = 700
    HEAVY = 800


@dataclass(frozen=True, slots=True)
class Style:
    """A weight at a size (pixels to the em), with extra space between letters (ems)."""

    weight: Weight
    size: float
    tracking: float = 0.0

    def at(self, size: float) -> Style:
        """Give the same style at another size."""
        return Style(self.weight, size, self.tracking)


@dataclass(frozen=True, slots=True)
class Ink:
    """How far a text's ink reaches above and below its baseline, in pixels."""

    above: float
    below: float


def width(text: str, style: Style) -> float:
    """Give the width of a line, in pixels."""
    advances = _advances(text, style.weight)
    return style.size * (sum(advances) / _EM + style.tracking * max(len(text) - 1, 0))


def ink(text: str, style: Style) -> Ink:
    """Give the ink's reach above and below the baseline."""
    boxes = [_box(char, style.weight) for char in text if not char.isspace()]
    scale = style.size / _EM
    return Ink(max((box[0] for box in boxes), default=0) * scale, max((box[1] for box in boxes), default=0) * scale)


def set_line(draw: ImageDraw.ImageDraw, position: tuple[float, float], text: str, style: Style, fill: str) -> None:
    """Set a line with its left end and its baseline at `position`, in pixels of the canvas."""
    font = _font(style.weight, round(style.size))
    x, baseline = position
    for char, advance in zip(text, _advances(text, style.weight), strict=True):
        if not char.isspace():
            draw.text((x, baseline), char, font=font, fill=fill, anchor="ls")
        x += style.size * (advance / _EM + style.tracking)


@lru_cache(maxsize=4096)
def _advances(text: str, weight: Weight) -> tuple[float, ...]:
    kerning = _kerning(weight)
    return tuple(
        _advance(char, weight) + kerning.get(char + after, 0)
        for char, after in zip_longest(text, text[1:], fillvalue="")
    )


@cache
def _advance(char: str, weight: Weight) -> float:
    return _font(weight, _EM).getlength(char)


@cache
def _box(char: str, weight: Weight) -> tuple[float, float]:
    _, top, _, bottom = _font(weight, _EM).getbbox(char, anchor="ls")
    return -top, bottom


@lru_cache(maxsize=256)
def _font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    path = FONTS / f"BeVietnamPro-{weight.value}.ttf"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _kerning(weight: Weight) -> dict[str, int]:
    pairs: dict[str, int] = {}
    for line in (FONTS / f"BeVietnamPro-{weight.value}.kern").read_text(encoding="utf-8").split("\n"):
        if line:
            lefts, rights, value = line.split("\t")
            pairs.update({left + right: int(value) for left in lefts for right in rights})
    return pairs
