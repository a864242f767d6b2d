"""Brings any text down to characters that the cards' fonts can draw, so that no card ever shows an empty box."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
ELLIPSIS = "…"

# signs that have a plain relative; all others without a glyph are left out
_RELATIVES = str.maketrans(
    {
        "′": "'", "‵": "'", "ʼ": "’", "‛": "‘", "″": '"', "‟": "“", "＂": '"',
        "‐": "-", "‑": "-", "‒": "–", "―": "—", "⁃": "-", "➖": "–", "∕": "/", "⧸": "/",
        "→": "–", "➡": "–", "⇒": "–", "●": "•", "◦": "•", "∙": "·", "・": "·", "✕": "×", "✖": "×", "⋯": "…",
        "\u2028": " ", "\u2029": " ", "\t": " ",
    }
)  # fmt: skip
_QUOTED = re.compile(r'^[“"„«]([^“”"„«»]*)[”"“»]$')


@cache
def drawable() -> frozenset[str]:
    """Every character that all fonts of the cards hold, the space included."""
    text = (FONTS / "characters.txt").read_text(encoding="utf-8")
    return frozenset(text.rstrip("\n")) | {" ", "\u00a0"}


def clean(text: str) -> str:
    """Give the text as it can be drawn.

    Composed (NFC), one space between words. Fancy letters ("𝗡𝗛𝗔𝗡𝗛", full width) become plain ones, unknown accents
    fall off, emoji and other signs vanish, and words in a script without glyphs become an ellipsis.
    """
    unified = text.translate(_RELATIVES)
    # fancy letters first become plain ones, then meet the tones that follow them
    plain = unicodedata.normalize("NFC", "".join(map(_plain, unified)))
    kept = "".join(map(_known, plain))
    kept = re.sub(rf"{ELLIPSIS}(?:[\s,;:]*{ELLIPSIS})+", ELLIPSIS, kept)
    return " ".join(_tidy(kept).split(" ")).strip()


def quotable(text: str) -> str:
    """Give a claim ready to stand between quotation marks: without its own outer ones, inner ones single."""
    claim = clean(text)
    if match := _QUOTED.match(claim):
        claim = match[1].strip()
    claim = re.sub(r'"([^"]*)"', r"‘\1’", claim)
    return claim.translate(str.maketrans("“”„«»", "‘’‘‘’")).replace('"', "") or ELLIPSIS


def _plain(char: str) -> str:
    if char in drawable():
        return char
    return unicodedata.normalize("NFKC", char)


def _known(char: str) -> str:
    if char in drawable():
        return char
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return ""
    if char.isspace():
        return " "
    stripped = "".join(part for part in unicodedata.normalize("NFD", char) if part in drawable())
    if stripped:
        return stripped
    return ELLIPSIS if char.isalpha() else " "


def _tidy(text: str) -> str:
    """Close the gaps that left-out signs leave behind."""
    single = re.sub(r" {2,}", " ", text.replace("\n", " ").replace("\r", " "))
    return re.sub(r" +([,.;:!?)…](?:\s|$))", r"\1", single)
