"""Facts of a text that can contradict: numbers with their unit, dates, amounts of money, names, negated words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kiemtin.retrieval.text import fold, normalise

_DATE = re.compile(
    r"(?i)\b(\d{1,2})\s?[/.-]\s?(\d{1,2})(?:\s?[/.-]\s?\d{2,4})?\b(?!\s?%)|\bngay (\d{1,2}) thang (\d{1,2})\b"
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_MONTH_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({'|'.join(m[:3] for m in _MONTHS)})[a-z]*"
    rf"|({'|'.join(m[:3] for m in _MONTHS)})[a-z]* (\d{{1,2}})(?:st|nd|rd|th)?)\b(?! ?%)"
)
_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALE = {
    "k": 1e3, "nghin": 1e3, "ngan": 1e3, "thousand": 1e3, "tr": 1e6, "trieu": 1e6, "cu": 1e6, "m": 1e6, "million": 1e6,
    "ty": 1e9, "ti": 1e9, "billion": 1e9, "bn": 1e9,
}  # fmt: skip
_CURRENCY = r"(?:d|dong|vnd|usd|do la|dollars?|euros?|\$|€|£)"
_AMOUNT = re.compile(
    rf"(?:(?P<sign>[$€£])\s?)?(?P<value>{_NUMBER})\s?(?P<scale>{'|'.join(_SCALE)})?\b\s?(?P<currency>{_CURRENCY})?(?![\w])"
)
_COUNTED = re.compile(rf"\b({_NUMBER})\s+([a-z]{{2,}})")
_WRITTEN = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_UNITS = (
    "ngay|tuan|thang|nam|gio|phut|giay|tuoi|lan|nguoi|mui|lieu|days?|weeks?|months?|years?|hours?|minutes?|seconds?|times|"
    "people|doses?|percent|km|kg|g|ml|lit|do"
)
_WRITTEN_COUNT = re.compile(rf"\b({'|'.join(_WRITTEN)}) ({_UNITS})\b")
_PERCENT = re.compile(rf"({_NUMBER})\s?(?:%|phan tram\b|percent\b)")
_UNIT = re.compile(rf"(?:{_UNITS})$")

_QUESTION = re.compile(
    r"\b(?:co|hay|phai|dung|that|duoc|dc|biet) (?:\w+ ){0,8}?(?:khong|ko|k|chua)\b"
    r"(?=\s*(?:$|[?.!,;]|a\b|nhi\b|vay\b|ha\b|the\b|moi\b|mn\b|ca\b|bac\b|anh\b|chi\b|ad\b))"
    r"|\b(?:khong|ko|k|chua)\b(?=\s*(?:\?|$|a\b|nhi\b|vay\b|ha\b))|\b(?:hay|phai|dung) (?:khong|ko|k)\b"
)
_NEGATED = re.compile(
    r"\b(?:khong (?:he |co |phai |the |duoc |bi |nen |con )?|ko |chua (?:he |co |bi |tung )?|chang (?:he |co )?|dung "
    r"|not (?:a |an |the |be |been )?|never |no |cannot |\w+n't (?:be )?)([a-z]{2,})"
)
_NAME = re.compile(r"(?<![.!?:\n•\-\"'(] )(?<!^)\b([A-ZĐÀ-ỸĂÂÊÔƠƯ][\wÀ-ỹ]+(?: [A-ZĐÀ-ỸĂÂÊÔƠƯ][\wÀ-ỹ]+)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text states in a form that can be compared.

    Attributes
    ----------
    counts
        (unit, value) of counted things: ("ngay", 3.0).
    dates
        (day, month).
    amounts
        Sums of money, in their currency.
    names
        Capitalised runs inside sentences, folded.
    negated
        Folded words that follow a negation, questions aside.
    """

    counts: frozenset[tuple[str, float]]
    dates: frozenset[tuple[int, int]]
    amounts: frozenset[float]
    names: frozenset[str]
    negated: frozenset[str]


def _value(written: str) -> float:
    """Read 1.000.000, 1,5 and 12.5 as a reader would; the thousands separator has three digits behind it."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", written):
        return float(re.sub(r"[.,]", "", written))
    head, *tail = re.split(r"[.,]", written)
    return float(f"{head}.{''.join(tail)}" if tail else head)


def _amounts(text: str) -> Iterator[float]:
    for match in _AMOUNT.finditer(text):
        if match["currency"] or match["sign"] or match["scale"] in ("trieu", "tr", "ty", "cu"):
            yield _value(match["value"]) * _SCALE.get(match["scale"] or "", 1)


def _counts(text: str) -> Iterator[tuple[str, float]]:
    for value, unit in _COUNTED.findall(text):
        if unit not in _SCALE and _UNIT.match(unit):
            yield unit.rstrip("s"), _value(value)
    for word, unit in _WRITTEN_COUNT.findall(text):
        yield unit.rstrip("s"), float(_WRITTEN[word])
    for value in _PERCENT.findall(text):
        yield "%", _value(value)


def _dates(text: str) -> Iterator[tuple[int, int]]:
    for a, b, c, d in _DATE.findall(text):
        day, month = int(a or c), int(b or d)
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield day, month
    for day_a, month_a, month_b, day_b in _MONTH_DATE.findall(text):
        name = month_a or month_b
        month = next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name))
        yield int(day_a or day_b), month


def facts(text: str) -> Facts:
    """Read the facts out of a text as it was written; never raises."""
    plain = normalise(text)
    low = fold(plain).lower()
    asked = _QUESTION.sub(" ", low)
    return Facts(
        counts=frozenset(_counts(low)),
        dates=frozenset(_dates(low)),
        amounts=frozenset(_amounts(low)),
        names=frozenset(fold(n).lower() for n in _NAME.findall(plain) if not n.isupper() or len(n) > 1),
        negated=frozenset(_NEGATED.findall(asked)),
    )
