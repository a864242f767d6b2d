"""Telephone numbers spelt out in words, in Vietnamese with or without tones, or in English."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

_WORDS = {
    "khong": "0", "hong": "0", "ko": "0", "k": "0", "zero": "0", "oh": "0",
    "mot": "1", "one": "1", "hai": "2", "two": "2", "ba": "3", "three": "3", "bon": "4", "tu": "4", "four": "4",
    "nam": "5", "lam": "5", "nham": "5", "five": "5", "sau": "6", "six": "6", "bay": "7", "seven": "7",
    "tam": "8", "eight": "8", "chin": "9", "nine": "9",
}  # fmt: skip
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_TOKEN = rf"(?:{_WORD}|\d{{1,12}}+)(?![a-z0-9])"
_TIMES = {"double": 2, "triple": 3, "hai": 2, "ba": 3, "bon": 4, "tu": 4}
# ba con số không, triple zero: the figure so many times
_MANY = rf"(?:(?:hai|ba|bon|tu) (?:con )?so|double|triple) (?:{_WORD}|\d)(?![a-z0-9])"
_TOKEN = rf"(?:{_MANY}|{_TOKEN})"
_GAP = r"(?: {0,2}[,.\-_/] {0,2}| (?:cham|gach|dot|dash) | {1,3})"
# Spelt out flat: the engine then skips to the characters that a run can begin with.
_FIRST = "|".join([_MANY, _WORD, *(rf"{figure}\d{{0,11}}+" for figure in range(10))])
_RUN = re.compile(rf"(?:{_FIRST})(?![a-z0-9])(?:{_GAP}{_TOKEN}){{2,}}+")
_PART = re.compile(
    rf"(?:(?P<vi>hai|ba|bon|tu) (?:con )?so|(?P<en>double|triple)) (?P<many>{_WORD}|\d)(?![a-z0-9])|{_WORD}|\d+"
)
_SPOKEN = re.compile(rf"(?<![a-z0-9])(?:{_PART.pattern})(?![a-z0-9])")
_WHOLE = re.compile(r"(?:0|84)(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}|02\d{9}|01[2689]\d{8}")
_WITHOUT_ZERO = re.compile(r"(?!987654321)(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}")
_LEAST_WORDS = 3


def spelt_phones(view: View) -> Iterator[Find]:
    """Find không chín một hai ba bốn năm sáu bảy tám."""
    for run in _RUN.finditer(view.plain):
        if any(char.isalpha() for char in run[0]) and not view.plain[run.start() - 1 : run.start()].isalnum():
            yield from _in_run(run)


def in_figures(plain: str) -> str:
    """Return a number, plain as in a `View`, with its words written as figures."""
    return _SPOKEN.sub(_read, plain)


def _in_run(run: re.Match[str]) -> Iterator[Find]:
    """Find telephone numbers in a row of figures and words for figures."""
    parts = list(_PART.finditer(run[0]))
    read = [_read(part) for part in parts]
    figures = "".join(read)
    words = [not part[0].isdigit() for part in parts]
    if _WHOLE.fullmatch(figures) or (all(words) and _WITHOUT_ZERO.fullmatch(figures)):
        yield Find(*run.span(), Kind.PHONE)
        return
    begins, ends, place = {}, {}, 0
    for number, piece in enumerate(read):
        begins[place] = number
        place += len(piece)
        ends[place] = number
    for whole in _WHOLE.finditer(figures):
        first, last = begins.get(whole.start()), ends.get(whole.end())
        if first is None or last is None:
            continue
        if sum(words[first : last + 1]) >= _LEAST_WORDS:
            yield Find(run.start() + parts[first].start(), run.start() + parts[last].end(), Kind.PHONE)


def _read(part: re.Match[str]) -> str:
    """Give the figures of a word, of a figure, or of one said to be there several times."""
    if part["many"]:
        return _WORDS.get(part["many"], part["many"]) * _TIMES[part["vi"] or part["en"]]
    return _WORDS.get(part[0], part[0])
