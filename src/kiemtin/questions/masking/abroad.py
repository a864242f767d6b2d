"""Telephone numbers of other countries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.amounts import dated, grouped, money
from kiemtin.questions.masking.atoms import Form
from kiemtin.questions.masking.chains import Chain
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

_BETWEEN = re.compile(r"[ .\-_()·•/]{0,4}")
# How long numbers of a country are, without its code (ITU-T E.164); those that reach Viet Nam most.
_LENGTHS = {
    "1": {10}, "7": {10}, "20": {10}, "27": {9}, "30": {10}, "31": {9}, "32": {9}, "33": {9}, "34": {9},
    "36": {9}, "39": {9, 10}, "40": {9}, "41": {9}, "43": {10, 11}, "44": {10}, "45": {8}, "46": {9}, "47": {8},
    "48": {9}, "49": {10, 11}, "52": {10}, "55": {10, 11}, "60": {9, 10}, "61": {9}, "62": {9, 10, 11},
    "63": {10}, "64": {8, 9}, "65": {8}, "66": {8, 9}, "81": {9, 10}, "82": {9, 10}, "86": {11}, "90": {10},
    "91": {10}, "92": {10}, "93": {9}, "94": {9}, "95": {8, 9, 10}, "98": {10}, "212": {9}, "234": {10},
    "254": {9}, "351": {9}, "353": {9}, "358": {9, 10}, "380": {9}, "420": {9}, "852": {8}, "853": {8},
    "855": {8, 9}, "856": {9, 10}, "880": {10}, "886": {9}, "971": {9}, "972": {9}, "977": {10},
}  # fmt: skip
_OTHERS = range(9, 14)  # figures with the code, of countries that are not in the list
_LONGEST_CODE = 3
_MOST = 17
_WITHOUT_CODE = (
    # Not 800, 888 and the like: calls to those are free, and only firms and public bodies hold them.
    re.compile(
        r"(?<![\w.,+-])(?:1[ .-])?(?!\(?8(?:00|33|44|55|66|77|88))(?:\([2-9]\d\d\)[ .-]?|[2-9]\d\d[.-])"
        r"[2-9]\d\d[ .-]\d{4}(?![\w]|[.,-]\d)"
    ),
    re.compile(r"(?<![\w.,+-])0[1789]0([ -])\d{4}\1\d{4}(?![\w]|[ .,-]\d)"),  # Korea, Japan
)
# As they are dialled there, where a word says that somebody is there.
_DIALLED = re.compile(r"(?<![\w.,+-])(?:[2-9]\d\d [2-9]\d\d \d{4}|0[1-9](?:[ .\-]?\d){7,9})(?![\w]|[ .,-]\d)")
_COUNTRIES = (
    r"(?:(?:ben|o|so|sdt|ve|nuoc|tai) (?:my|canada|anh(?: quoc)?|uc|phap|duc|nhat(?: ban)?|han(?: quoc)?|dai loan|"
    r"thai(?: lan)?|sing(?:apore)?|malaysia|sec|ba lan)|u\.?s\.?a?|america|cali(?:fornia)?|texas|houston|toronto|"
    r"vancouver|canada|uk|england|london|aussie|australia|sydney|melbourne|brisbane|perth|"
    r"adelaide|canberra|san jose|los angeles|orange county|dallas|seattle|calgary|montreal|manchester|birmingham|"
    r"france|paris|germany|berlin|munich|hamburg|prague|warsaw|japan|tokyo|osaka|"
    r"korea|seoul|busan|taiwan|taipei)(?![a-z])"
)
_THERE = re.compile(rf"(?<![a-z]){_COUNTRIES}[^\d\n\x00-\x02]{{0,24}}\Z")
_THERE_AFTER = re.compile(rf"[ ,(\-]{{1,3}}(?:is )?(?:in |from |my |his |her |the |an? )?{_COUNTRIES}")
_NEAR = 48  # characters before a number
_CALLED = re.compile(
    r"(?<![a-z])(?:so (?:la|dt|nay|do)|sdt|dt|dau so|goi(?: (?:tu|den|ve))?(?: so)?|nhan tin tu|"
    r"(?:calls?|called|rang|sms|text)(?: from)?)[ :(+]{1,3}\Z"
)
_CALLED_WITHIN = 32  # characters before a number
_CAME_IN = re.compile(r"(?<![a-z])(?:gd|ps|sd|so tien|so du|bien dong|giao dich|nhan)[ :]{0,3}\+ ?\Z")


def without_code(view: View) -> Iterator[Find]:
    """Find (213) 555-0123 and 010-1234-5678, without the code of the country."""
    for pattern in _WITHOUT_CODE:
        for match in pattern.finditer(view.plain):
            if not grouped(match[0]) and not money(view, *match.span()):
                yield Find(*match.span(), Kind.PHONE)
    for match in _DIALLED.finditer(view.plain):
        before = view.plain[max(0, match.start() - _NEAR) : match.start()]
        is_there = _THERE.search(before) or _THERE_AFTER.match(view.plain, match.end())
        if is_there and not money(view, *match.span()) and not dated(match[0]):
            yield Find(*match.span(), Kind.PHONE)


def foreign_at(chain: Chain, first: int, *, plus: bool) -> int | None:
    """Return the last group of a number with the code of its country, after a plus or 00, that begins with a group."""
    best, figures = None, ""
    is_called = _is_called(chain, first)
    total: set[int] = set()
    for last in range(first, len(chain.atoms)):
        atom = chain.atoms[last]
        if atom.form is not Form.FIGURES or (last > first and not _BETWEEN.fullmatch(chain.between(last))):
            break
        figures += atom.figures
        if len(figures) > _MOST:
            break
        if len(figures) >= _LONGEST_CODE + 2 and not total:
            total = _totals(figures, plus=plus, is_called=is_called)
            if not total:
                return None
        if len(figures) in total and not _goes_on(chain, last):
            best = last
    if best is None or (best == first and not plus) or money(chain, chain.atoms[first].start, chain.atoms[best].end):
        return None
    # +1.234.567.890 is more often a sum that came in.
    start = chain.atoms[first].start
    is_in = chain.atoms[first].figures == "1" or _CAME_IN.search(chain.plain[max(0, start - 16) : start])
    is_sum = grouped(chain.written(first, best)) and (not plus or is_in)
    return None if is_sum else best


def _is_called(chain: Chain, first: int) -> bool:
    """Whether somebody called from what begins with a group, or sent a message."""
    start = chain.atoms[first].start
    return _CALLED.search(chain.plain[max(0, start - _CALLED_WITHIN) : start]) is not None


def _totals(figures: str, *, plus: bool, is_called: bool) -> set[int]:
    """Give how many figures there can be in all, after the plus, from the first ones; some write +00."""
    number, before = (figures[2:], 2) if figures[:2] == "00" else (figures, 0)
    if number[:2] == "84" or number[0] == "0" or not (plus or before):
        return set()
    for length in range(1, _LONGEST_CODE + 1):
        if number[:length] in _LENGTHS:
            # Some write the zero that is dialled inside the country: +44 (0)20 …
            zero = int(number[length : length + 1] == "0")
            return {before + length + zero + more for more in _LENGTHS[number[:length]]}
    return {before + more for more in _OTHERS} if plus or is_called else set()


def _goes_on(chain: Chain, last: int) -> bool:
    end = chain.atoms[last].end
    is_glued = last + 1 < len(chain.atoms) and chain.atoms[last + 1].start == end
    return is_glued or chain.plain[end : end + 1].isalpha()
