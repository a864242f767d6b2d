"""Folding: a text without its diacritics, as people type it in a hurry."""

from __future__ import annotations

import unicodedata

_VIETNAMESE = "aăâeêioôơuưyđ"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def _table() -> dict[int, str]:
    """Map every precomposed Vietnamese letter to its bare letter."""
    table: dict[int, str] = {}
    for letter in _VIETNAMESE + _VIETNAMESE.upper():
        bare = "dD"[letter.isupper()] if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0]
        for tone in _TONES:
            whole = unicodedata.normalize("NFC", letter + tone)
            if len(whole) == 1:
                table[ord(whole)] = bare
    return table


_FOLD = _table()


def fold(text: str) -> str:
    """Return `text` without diacritics: đ becomes d, combining marks go.

    Other scripts lose their combining marks too (é becomes e); letters without a decomposition stay.
    """
    text = text.translate(_FOLD)
    if text.isascii():
        return text
    marks_off = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", marks_off).translate(_FOLD)
