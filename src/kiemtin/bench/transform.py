"""Changes of the queries that real askers make: no diacritics, decomposed letters, the other tone placement.

Written apart from the matching core's own text rules, so that a fault there is not repeated here.
"""

from __future__ import annotations

import re
import unicodedata

# Open syllables in "oa", "oe" and "uy" carry the tone on the first vowel in the old placement and on the last
# one in the new; with a final consonant, or after "q", there is only one way to write them.
_OLD = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_NEW = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]


def _cased(source: list[str], target: list[str]) -> dict[str, str]:
    pairs = list(zip(source, target, strict=True))
    changes = (str.lower, str.capitalize, str.upper)
    return {change(a): change(b) for a, b in pairs for change in changes}


_TO_OLD, _TO_NEW = _cased(_NEW, _OLD), _cased(_OLD, _NEW)
_TO_OTHER = _TO_OLD | _TO_NEW


def _place(text: str, table: dict[str, str]) -> str:
    rhymes = re.compile(rf"(?<![qQ])(?:{'|'.join(table)})(?!\w)")
    return rhymes.sub(lambda found: table[found[0]], unicodedata.normalize("NFC", text))


def old_tones(text: str) -> str:
    """Return the text in NFC with the old tone placement: "hoà" becomes "hòa"."""
    return _place(text, _TO_OLD)


def new_tones(text: str) -> str:
    """Return the text in NFC with the new tone placement: "hòa" becomes "hoà"."""
    return _place(text, _TO_NEW)


def other_tones(text: str) -> str:
    """Return the text in NFC with every tone that has two places moved to the other one."""
    return _place(text, _TO_OTHER)


def strip_diacritics(text: str) -> str:
    """Return the text as typed on a bare keyboard: no combining marks, "đ" as "d"; in NFC."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", bare).translate({ord("đ"): "d", ord("Đ"): "D"})


def nfd(text: str) -> str:
    """Return the text in NFD, as some phones and file systems send it."""
    return unicodedata.normalize("NFD", text)
