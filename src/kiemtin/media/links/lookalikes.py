"""Hosts that look like one that everybody knows: other letters of the same shape, a letter more, a name inside.

Shapes of other scripts are from Unicode's table of confusables (UTS 39), those within Latin (rn for m, 0 for o) from a
short one of ours.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from confusable_homoglyphs.confusables import confusables_data

from kiemtin.media.links.domains import registrable, to_unicode
from kiemtin.media.links.known import KNOWN, is_own, is_well_known

_DIGITS = str.maketrans("01345789", "olleastbg"[:8])
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("i", "l"), ("j", "l"))
_LONG = 6  # letters from which a name stands for itself alone; shorter ones are words and abbreviations of others too
_VERY_LONG = 8  # letters from which one wrong letter is no other word


class Likeness(StrEnum):
    """In which way a host resembles a known one."""

    LOOKS_LIKE = "looks-like"
    BEARS_NAME = "bears-name"


@dataclass(frozen=True, slots=True)
class Resemblance:
    """What a host resembles: `host` is the known one."""

    host: str
    likeness: Likeness


def shape(text: str) -> str:
    """Return what a name looks like: equal for names that the eye takes for the same."""
    letters = "".join(_latin(sign) for sign in unicodedata.normalize("NFKC", text).lower())
    letters = letters.translate(_DIGITS)
    for two, one in _PAIRS:
        letters = letters.replace(two, one)
    return letters


def scripts(label: str) -> frozenset[str]:
    """Return the scripts of the letters in a name, by the first word of their Unicode names."""
    named = (unicodedata.name(sign, "").partition(" ")[0] for sign in label if sign.isalpha())
    return frozenset(named) - {""}


@lru_cache(1024)
def resemblance(host: str) -> Resemblance | None:
    """Return which well-known host another one resembles; None for the well-known ones, and for all others."""
    if is_well_known(host) or any(is_own(name, host) for name in KNOWN):
        return None
    domain = registrable(host)
    labels = to_unicode(host).split(".")
    own = to_unicode(domain).split(".")[0]
    for name, domains in KNOWN.items():
        if any(_looks_like(label, name, is_registered=label == own) for label in labels):
            return Resemblance(domains[0], Likeness.LOOKS_LIKE)
    for name, domains in KNOWN.items():
        if _bears(own, labels, name):
            return Resemblance(domains[0], Likeness.BEARS_NAME)
    return None


def _looks_like(label: str, name: str, *, is_registered: bool) -> bool:
    """Whether a part of a host is the name in disguise: the name itself only bears it."""
    if label == name:
        return False
    seen, known = shape(label), _SHAPES[name]
    if seen == known:
        return True
    parts = [shape(part) for part in label.split("-")]
    plain = label.split("-")
    if any(part == known and word != name for part, word in zip(parts, plain, strict=True)) and len(name) >= _LONG:
        return True
    return is_registered and len(name) >= _VERY_LONG and _is_one_off(seen, known)


def _bears(own: str, labels: list[str], name: str) -> bool:
    """Whether the name stands in a host that is not its own."""
    if len(name) < _LONG:
        return name in own.split("-") and own != name
    return name in own or name in labels or any(name in label.split("-") for label in labels)


def _is_one_off(one: str, other: str) -> bool:
    """Whether one letter more, less, other, or two changed about, makes one of the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]


@lru_cache(4096)
def _latin(sign: str) -> str:
    """Return the small Latin letter that a sign looks like; itself if like none."""
    if sign.isascii():
        return sign
    if sign in "đð":
        return "d"
    base = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    if base.isascii() and base:
        return base.lower()
    alike = (one["c"] for one in confusables_data.get(base or sign, ()))
    return next((one.lower() for one in alike if one.isascii() and one.isalnum()), base or sign)


_SHAPES = {name: shape(name) for name in KNOWN}
