"""Words for figures, in Vietnamese with or without tones, or in English; folded."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from kiemtin.questions.masking.atoms import Atom, Form

WORDS = {
    "khong": "0", "hong": "0", "khog": "0", "hog": "0", "ko": "0", "k": "0", "kg": "0", "zero": "0", "oh": "0",
    "nought": "0", "nil": "0",
    "mot": "1", "one": "1", "hai": "2", "two": "2", "ba": "3", "three": "3", "bon": "4", "tu": "4", "four": "4",
    "nam": "5", "lam": "5", "nham": "5", "five": "5", "sau": "6", "six": "6", "bay": "7", "seven": "7",
    "tam": "8", "eight": "8", "chin": "9", "nine": "9",
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3, "ngu": 5, "luc": 6}
MULTIPLES = frozenset({"double", "triple"})
"""Words that say a figure several times, also one that is written as a figure: 0833 triple 0."""
COUNTS = frozenset({"so", "con"})
"""Words between a number and the figure that stands there so many times: ba số 7."""
SIGNS = frozenset({"cham", "gach", "phay", "cach", "dot", "dash", "space"})
"""Words for what stands between figures."""
JOINTS = frozenset({"so", "con", "muoi", "tram", "linh", "le", "quy", "hoa", "roi", "xong", *_TIMES, *SIGNS})
KNOWN = frozenset({*WORDS, *JOINTS})
# Without a space between: only whole words, and none that one letter makes.
GLUED = re.compile(rf"(?:{'|'.join(sorted((word for word in WORDS if len(word) > 1), key=len, reverse=True))}){{2,}}+")
_EACH = re.compile("|".join(sorted((word for word in WORDS if len(word) > 1), key=len, reverse=True)))


def figures_of(word: str) -> str:
    """Return the figures that a word of letters says, also several words written as one; nothing for another word."""
    if word in WORDS:
        return WORDS[word]
    if len(word) > 4 and GLUED.fullmatch(word):
        return "".join(WORDS[part] for part in _EACH.findall(word))
    return ""


def readings(atoms: Sequence[Atom]) -> list[list[Atom]]:
    """Return how groups with words among them can be read; in each the words between are gone.

    *Ba số bảy* is 777, or 3 and 7 with the word that some say before each figure; *chín mười hai* without tones is 92,
    or 9 and 12.
    """
    joints = {atom.word for atom in atoms if atom.form is Form.JOINT}
    ways = itertools.product(
        (True, False) if "so" in joints else (True,), (True, False) if "muoi" in joints else (True,)
    )
    found: list[list[Atom]] = []
    for many, tens in ways:
        reading = _read(atoms, many=many, tens=tens)
        if reading not in found:
            found.append(reading)
    return found


def _read(atoms: Sequence[Atom], *, many: bool, tens: bool) -> list[Atom]:
    read: list[Atom] = []
    at = 0
    while at < len(atoms):
        figures, count = (
            _several(atoms, at, many=many) or _hundreds(atoms, at) or _tens(atoms, at, tens=tens) or ("", 1)
        )
        if figures:
            read.append(Atom(atoms[at].start, atoms[at + count - 1].end, figures, Form.WORDS))
        elif atoms[at].form is not Form.JOINT:
            read.append(atoms[at])
        at += count
    return read


def _figure(atoms: Sequence[Atom], at: int) -> str:
    """Give the single figure that stands there, if one does."""
    if at >= len(atoms) or atoms[at].form not in {Form.WORDS, Form.FIGURES}:
        return ""
    return atoms[at].figures if len(atoms[at].figures) == 1 else ""


def _word(atoms: Sequence[Atom], at: int) -> str:
    return atoms[at].word if at < len(atoms) else ""


def _several(atoms: Sequence[Atom], at: int, *, many: bool) -> tuple[str, int] | None:
    """Read a figure that is said to be there several times: ba con số bảy, tứ quý tám, triple zero."""
    times, end = 0, at + 1
    if _word(atoms, at) in MULTIPLES:
        times = _TIMES[_word(atoms, at)]
    elif _word(atoms, end) in {"quy", "hoa"}:
        # tam hoa: three, though tám is eight
        times = _TIMES.get(_word(atoms, at), 3 if _word(atoms, end) == "hoa" else int(_figure(atoms, at) or 0))
        end += 1
    elif (
        many
        and _word(atoms, end) in {"so", "con"}
        and atoms[at].form is Form.WORDS
        and _figure(atoms, at) in set("23456")
    ):
        times = int(_figure(atoms, at))
        end += 2 if _word(atoms, end + 1) == "so" else 1
    figure = _figure(atoms, end)
    return (figure * times, end + 1 - at) if times and figure else None


def _hundreds(atoms: Sequence[Atom], at: int) -> tuple[str, int] | None:
    """Read chín trăm mười hai, ba trăm linh năm, sáu trăm năm tư, hai trăm."""
    first = _figure(atoms, at)
    if not first or _word(atoms, at + 1) != "tram":
        return None
    if _word(atoms, at + 2) in {"linh", "le"} and (last := _figure(atoms, at + 3)):
        return f"{first}0{last}", 4
    if _word(atoms, at + 2) == "muoi":
        last = _figure(atoms, at + 3)
        return (f"{first}1{last}", 4) if last else (f"{first}10", 3)
    if not (second := _figure(atoms, at + 2)):
        return f"{first}00", 2
    if _word(atoms, at + 3) == "muoi":
        last = _figure(atoms, at + 4)
        return (f"{first}{second}{last}", 5) if last else (f"{first}{second}0", 4)
    last = _figure(atoms, at + 3)
    return (f"{first}{second}{last}", 4) if last else (f"{first}{second}0", 3)


def _tens(atoms: Sequence[Atom], at: int, *, tens: bool) -> tuple[str, int] | None:
    """Read ba mươi tư, mười hai, mười."""
    first = _figure(atoms, at)
    if tens and first and _word(atoms, at + 1) == "muoi":
        last = _figure(atoms, at + 2)
        return (f"{first}{last}", 3) if last else (f"{first}0", 2)
    if _word(atoms, at) == "muoi":
        last = _figure(atoms, at + 1)
        return (f"1{last}", 2) if last else ("10", 1)
    return None
