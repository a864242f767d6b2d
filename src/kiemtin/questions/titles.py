"""A first title for a case, from the message that opens it, and titles as they are searched."""

from __future__ import annotations

import re
import unicodedata

LENGTH = 140
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?=\s)|\n")


def title_of(text: str) -> str:
    """Return the first sentence of a masked message, at most `LENGTH` characters, cut between words.

    A first sentence of a word or two (a greeting) takes the next one along. Marks of masking stay readable.
    """
    parts = [" ".join(part.split()) for part in _SENTENCE_END.split(text)]
    title = ""
    for part in filter(None, parts):
        title = f"{title} {part}".strip()
        if len(title.split()) > 3:
            break
    if len(title) <= LENGTH:
        return title
    cut = title[:LENGTH]
    return (cut.rsplit(" ", 1)[0] if " " in cut[LENGTH // 2 :] else cut[: LENGTH - 1]).rstrip(" ,;:") + "…"


def plain(text: str) -> str:
    """Return a text as it is searched: small letters, no diacritics, one space between words."""
    return " ".join(letters(text, toneless=True).split())


def letters(text: str, *, toneless: bool) -> str:
    """Return a text in small letters, without diacritics if so wished; as long as it was, but for rare letters."""
    small = text.lower()
    if not toneless:
        return small
    bare = (letter for letter in unicodedata.normalize("NFD", small) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", "".join(bare)).replace("đ", "d")
