"""Numbers of payment cards: the digits check themselves (ISO/IEC 7812-1, annex B)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View, scan

_CARD = re.compile(
    r"(?:[2-69](?<![\d.,/x*].)\d{3}[ .-]?(?:[\dx*]{2}[\dx*]{2}[ .-]?){2}[\dx*]{4}(?:[ .-]?\d{3})?"
    r"|[2-6](?<![\d.,/x*].)\d{12,18}|3(?<![\d.,/x*].)[47]\d\d[ -]\d{6}[ -]\d{5})"
    r"(?![\dx*]|[.,]\d)"
)
_ISSUER = re.compile(r"4(?:.{12}|.{15}|.{18})|5[1-5].{14}|2[2-7].{14}|3[47].{13}|35.{14}|6(?:011|2|5|4[4-9]).{12,17}")
_NAPAS = re.compile(r"9704(?:.{12}|.{15})")
_PARTLY = re.compile(r"[2-69]\d{3}\d{0,2}[x*]{6,10}\d{3,4}")


def cards(view: View) -> Iterator[Find]:
    """Find whole numbers of cards, and those with their middle left out."""
    for match in scan(_CARD, view.plain, lambda match: _is_card(match[0])):
        yield Find(*match.span(), Kind.CARD)


def luhn(number: str) -> bool:
    """Whether the last digit fits the others."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def _is_card(text: str) -> bool:
    number = re.sub(r"[ .-]", "", text).replace("*", "x")
    if "x" in number:
        return bool(_PARTLY.fullmatch(number))
    return bool(_NAPAS.fullmatch(number) or (_ISSUER.fullmatch(number) and luhn(number)))
