"""Telephone numbers in figures, however they are broken up or half hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.amounts import dated, digits, grouped, money
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

# Where one can begin; quick to look for, so that the patterns below are tried at few places.
_SOON = r"(?=[ .\-_()·•,]{0,4}"
_BEGINS = re.compile(
    rf"\+ ?(?=[0-9])|\( ?(?=[0-9o+])|0{_SOON}(?:[1235789]|084))|o(?=[.,\-]?[235789])|"
    rf"84{_SOON}[02-9])|[1-9](?=\d\d[.-]|[ .-])"
)
# Between two figures; one way only to read any gap, so a failed match costs no more than its length.
_GAP = r"(?>[ .\-_()·•]{0,3}+,?)"
# A figure, one that is left out (x, *), or a letter that looks like one.
_FIGURE = r"(?:[0-9x*]|o(?=o{0,3}[ .\-]?[0-9x*]|o{1,3}(?![a-z0-9]))|(?<=[0-9xo])[oil])"
_ZERO = r"(?:0|(?<!\w)o(?=[.,\-]?[0-9]))"
_HEAD = rf"(?P<head>\(? ?(?:\+ ?84|0084|(?<!\w)84)\)?{_GAP}(?:\(?0\)?{_GAP})?|\(? ?{_ZERO}\)?{_GAP})"
_START = r"(?<![0-9+])"
_STOP = r"(?![0-9])"

_VIETNAMESE = (
    re.compile(rf"{_START}{_HEAD}(?P<number>[35789](?:{_GAP}{_FIGURE}){{8}}){_STOP}"),
    re.compile(rf"{_START}{_HEAD}(?P<number>2(?:{_GAP}[0-9]){{9}}){_STOP}"),
    re.compile(rf"{_START}(?P<head>0{_GAP})(?P<number>1{_GAP}[2689](?:{_GAP}[0-9]){{8}}){_STOP}"),
    re.compile(rf"{_START}(?P<head>0)(?P<number>[35789]\d\d(?P<sign>[|~+:/;'’])\d{{3}}(?P=sign)\d{{3}}){_STOP}"),
    re.compile(rf"{_START}(?P<head>0)(?P<number>[35789]\d{{1,2}} ?(?:\.{{2,5}}|…|[x*#?•]{{2,6}}) ?\d{{2,4}}){_STOP}"),
)
_FOREIGN = (
    re.compile(rf"(?<![\w+])\+ ?(?!84)[1-9](?:{_GAP}[0-9]){{8,13}}{_STOP}"),
    # Not 800, 888 and the like: calls to those are free, and only firms and public bodies hold them.
    re.compile(
        r"(?<![\w.,+-])(?:1[ .-])?(?!\(?8(?:00|[3-8]\d))(?:\([2-9]\d\d\) ?|[2-9]\d\d[.-])"
        r"[2-9]\d\d[.-]\d{4}(?![\w]|[.,-]\d)"
    ),
)

# A landline after these is a desk of a firm or a public body, never a person.
_DESK = re.compile(r"(?:hotline|duong day nong|tong dai|truc ban)(?: [a-z]{1,7}){0,4}[ :.\-(]{0,3}$")
_IN_USE = re.compile(r"(?:3[2-9x]|5[25689x]|7[06-9x]|8[1-9x]|9[\dx]).{7}")
_LETTERS = str.maketrans("oil", "011")
_LEFT_OUT = 5


def phones(view: View) -> Iterator[Find]:
    """Find numbers that are telephone numbers by their form alone."""
    last = -1
    for begin in _BEGINS.finditer(view.plain):
        if begin.start() >= last:
            end = _end(view.plain, begin.start(), last)
            if end:
                last = end
                yield Find(begin.start(), end, Kind.PHONE)


def _end(plain: str, start: int, last: int) -> int:
    """Where the number that begins here ends, 0 if there is none. `last` is where the one before it ended."""
    for pattern in _VIETNAMESE if plain[start] in "0o8+(" else ():
        match = pattern.match(plain, start)
        if match and _in_use(match["number"]) and _stands_alone(plain, match, last):
            return match.end()
    for pattern in _FOREIGN if plain[start] not in "0o" else ():
        match = pattern.match(plain, start)
        if match and not grouped(match[0]) and not money(plain, *match.span()):
            return match.end()
    return 0


def _in_use(number: str) -> bool:
    """Whether figures of a mobile number begin as one does; other forms have said enough by themselves."""
    figures = digits(number.translate(_LETTERS))
    if len(figures) != 9 or figures[0] in "12":
        return True
    return figures.count("x") <= _LEFT_OUT and bool(_IN_USE.match(figures))


def _stands_alone(plain: str, match: re.Match[str], last: int) -> bool:
    """Whether it is not the middle of a date, an amount, a decimal or a hash."""
    start, end = match.span()
    if match["number"][0] == "2" and _DESK.search(plain[max(0, start - 48) : start]):
        return False
    if dated(match[0]) or re.fullmatch(r"0[.,]\d{9,}", match[0]):
        return False
    if "84" in match["head"] and money(plain, start, end):
        return False
    before = plain[max(0, start - 5) : start]
    if before[-1:].isalpha() and plain[end : end + 1].isalpha():
        return False
    if start == last + 1 or re.fullmatch(r"[^ .,\-]+", match[0]):
        return True
    return not re.search(r"\d[.,]$|(?<!\d)\d{1,3}/$|(?<!\d)\d{1,2}-$", before)
