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
# Starts nowhere inside a number and gives nothing back: a message of 100,000 digits must not take hours.
_NUMBER = r"(?<!\d)(?<!\d[.,])\d++(?:[.,]\d++)*+"
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
# In a text with diacritics only these are numbers: "sau ngày" is after a day, "hại người" harms people.
_WRITTEN_TONED = {
    "mot": "một", "bon": "bốn", "nam": "năm", "sau": "sáu", "bay": "bảy", "tam": "tám", "chin": "chín", "muoi": "mười",
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
    r"|not (?:a |an |the |be |been )?|never |no |cannot |\w+n't (?:be )?)([A-Za-z]{2,})"
)
_NEGATIONS = {"khong": "không", "chua": "chưa", "chang": "chẳng", "dung": "đừng"}
_AMBIGUOUS = frozenset({"chua", "dung"})  # without diacritics these are more often chữa, đúng, dùng than a denial
_CAPITAL = "[" + "".join(c for c in map(chr, range(0x41, 0x1F00)) if c.isupper()) + "]"
_NAME = re.compile(rf"(?<![.!?:\n•\-\"'(] )(?<!^)\b({_CAPITAL}\w+(?: {_CAPITAL}\w+)*)", re.MULTILINE)


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


def _counts(text: str, plain: str) -> Iterator[tuple[str, float]]:
    for value, unit in _COUNTED.findall(text):
        if unit not in _SCALE and _UNIT.match(unit):
            yield unit.rstrip("s"), _value(value)
    for match in _WRITTEN_COUNT.finditer(text):
        word, unit = match.groups()
        number = word if plain == text and word != "sau" else _WRITTEN_TONED.get(word, word)
        if plain[match.start(1) : match.end(1)] == number:
            yield unit.rstrip("s"), float(_WRITTEN[word])
    for value in _PERCENT.findall(text):
        yield "%", _value(value)


def _dates(text: str, plain: str) -> Iterator[tuple[int, int]]:
    for a, b, c, d in _DATE.findall(text):
        day, month = int(a or c), int(b or d)
        if 1 <= day <= 31 and 1 <= month <= 12:
            yield day, month
    for match in _MONTH_DATE.finditer(text):
        day, name = int(match[1] or match[4]), match[2] or match[3]
        month = next(i for i, m in enumerate(_MONTHS, 1) if m.startswith(name))
        # "máy 5" and "mấy 5" are no days in May.
        if day in range(1, 32) and match[0] == plain[match.start() : match.end()]:
            yield day, month


def _seeming_negations_up(plain: str, folded: str) -> str:
    """Put words in capitals that only fold to a negation (chữa, chứa, đúng); `plain` is the same text unfolded."""
    out = list(folded)
    for match in re.finditer(r"\w+", plain):
        word = folded[match.start() : match.end()]
        if word in _NEGATIONS and match[0] != _NEGATIONS[word] and (match[0] != word or word in _AMBIGUOUS):
            out[match.start() : match.end()] = word.upper()
    return "".join(out)


def facts(text: str) -> Facts:
    """Read the facts out of a text as it was written; never raises."""
    plain = normalise(text)
    lower = plain.lower()
    low = fold(lower)
    lower = (
        lower if len(lower) == len(low) else low
    )  # rare letters fold to more or fewer; then as if without diacritics
    stated = _QUESTION.sub(lambda m: " " * len(m[0]), low)
    return Facts(
        counts=frozenset(_counts(low, lower)),
        dates=frozenset(_dates(low, lower)),
        amounts=frozenset(_amounts(low)),
        names=frozenset(fold(n).lower() for n in _NAME.findall(plain) if not n.isupper() or len(n) > 1),
        negated=frozenset(w.lower() for w in _NEGATED.findall(_seeming_negations_up(lower, stated))),
    )
