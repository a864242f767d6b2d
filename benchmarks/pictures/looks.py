"""How chats look: three kinds of apps, light and dark. Colours and corners as such apps have them; nobody's signs."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from kiemtin.public.cards.characters import FONTS

NEEDED = "apt-get install fonts-roboto-unhinted fonts-noto-core"


@dataclass(frozen=True)
class Colours:
    """Of the page, the bar on top, the two bubbles and what is written on each."""

    page: str
    bar: str
    on_bar: str
    theirs: str
    on_theirs: str
    mine: str
    on_mine: str
    faint: str


@dataclass(frozen=True)
class Look:
    """One kind of app.

    Attributes
    ----------
    font
        File name of its font, as fontconfig or the product's cards have it.
    corner
        Radius of a bubble, in widths of an em.
    time_inside
        Whether the time of a message stands in its bubble, or between the bubbles.
    named
        Whether the sender's name stands in the bubble.
    """

    name: str
    font: str
    corner: float
    time_inside: bool
    named: bool
    light: Colours
    dark: Colours

    def colours(self, *, dark: bool) -> Colours:
        """Return those of the wanted side."""
        return self.dark if dark else self.light


LOOKS = (
    Look(
        "green",
        "Roboto-Regular.ttf",
        0.45,
        True,
        False,
        Colours("#efe7dd", "#0b6b5d", "#ffffff", "#ffffff", "#111b21", "#d8f8c9", "#111b21", "#667781"),
        Colours("#0b141a", "#1f2c33", "#e9edef", "#202c33", "#e9edef", "#055b4b", "#e9edef", "#8696a0"),
    ),
    Look(
        "blue",
        "NotoSans-Regular.ttf",
        0.9,
        False,
        False,
        Colours("#ffffff", "#f6f6f8", "#000000", "#e8e8eb", "#000000", "#0a7cff", "#ffffff", "#8a8a8e"),
        Colours("#000000", "#161618", "#ffffff", "#26262a", "#ffffff", "#0a7cff", "#ffffff", "#8d8d93"),
    ),
    Look(
        "grey",
        "BeVietnamPro-400.ttf",
        0.35,
        True,
        True,
        Colours("#e3e8f0", "#1976d2", "#ffffff", "#ffffff", "#0f1b2d", "#d4e8ff", "#0f1b2d", "#6b7684"),
        Colours("#14171b", "#1d2126", "#e6e8eb", "#24292f", "#e1e4e8", "#1d3b5c", "#e6eef7", "#8b949e"),
    ),
)


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels; leaves with the command that brings it if it is missing."""
    return ImageFont.truetype(_path(name), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _path(name: str) -> Path:
    if (FONTS / name).exists():
        return FONTS / name
    listed = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, text=True, check=True).stdout
    found = sorted(Path(line) for line in listed.splitlines() if Path(line).name == name)
    if not found:
        raise SystemExit(f"The font {name} is missing. It comes with: {NEEDED}")
    return found[0]
