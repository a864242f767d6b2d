"""Folds a text character by character, so that a place found in the folded text is a place in the text."""

from __future__ import annotations

import unicodedata

DROPPED = "\x7f"
"""What stands for a character that shows nothing or joins the one before; taken out before anything is looked for."""

_CACHED = 20_000  # characters; more different ones than any honest message has

# One sign for each group: what people put between figures, or in the place of figures that they hide.
_ALIKE = {
    "-": "−➖─━",
    "'": "’‘`´′",
    "/": "∕⁄",
    "~": "～〜∼",
    "|": "｜¦│",
    ".": "。",
    ",": "、",
    "…": "⋯",
    "*": "✱✳∗",
    "•": "●∙⋅",
    "■": "□◼◻▪▫▇█▓▒░⬛⬜",
    # letters of other scripts that look Latin, and the signs that are drawn like an x
    "x": "×✕✖╳хХ",
    "o": "оОοΟ",
    "a": "аА",
    "e": "еЕ",
    "c": "сС",
    "p": "рР",
    "i": "іІ",
    "d": "đĐ",
}
_SAME = {char: base for base, chars in _ALIKE.items() for char in chars}


class _Folding(dict[int, str]):
    """Character to exactly one plain character, worked out when first met."""

    def __missing__(self, code: int) -> str:
        plain = _plain(chr(code))
        if len(self) < _CACHED:
            self[code] = plain
        return plain


def _plain(char: str) -> str:
    """Fold one character: no case, tone, width or frame; every space one kind, every dash one kind."""
    category = unicodedata.category(char)
    if char == "\n" or char in _SAME:
        plain = _SAME.get(char, char)
    elif category[0] == "M" or category == "Cf":
        plain = DROPPED
    elif category[0] in "ZC":
        plain = " "
    elif category == "Pd":
        plain = "-"
    elif category[0] == "N" and (digit := unicodedata.digit(char, -1)) >= 0:
        plain = str(digit)
    else:
        base = [c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)]
        plain = base[0].lower() if len(base) == 1 else char
    return plain if len(plain) == 1 else char


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return the text folded, of the same length, with `DROPPED` for what shows nothing.

    Parameters
    ----------
    text
        In NFC.
    """
    return text.translate(_FOLDING)


def folded(text: str) -> str:
    """Return the text folded, without what shows nothing."""
    return fold(text).replace(DROPPED, "")
