"""Telephone and account numbers in one form."""

from __future__ import annotations

import re

from kiemtin.media.indicators.indicator import Indicator, Kind

_LAST = 3
_LETTERS = str.maketrans("oil", "011")  # written for figures, so that programs do not see the number
_COUNTRY = re.compile(r"\+?(?:00)?84(?=0?[35789]\d{8}$|0?2\d{9}$)0?")
_MOBILE = re.compile(r"0[35789]\d{8}")
_LANDLINE = re.compile(r"02\d{9}")
# Only firms and public bodies hold them: 1800 and 1900 by the numbering plan, 069 the police and the army.
_PUBLIC = re.compile(r"1[89]00\d{4,6}|069\d{5,8}|0?1[01]\d|11[3-9]")
_LEFT_OUT = re.compile(r"[x*]")


def of_phone(written: str) -> Indicator | None:
    """Return the indicator of a telephone number; None for a part of one, and for the hotlines of public bodies."""
    if _LEFT_OUT.search(written.lower()):
        return None
    number = _digits(written)
    number = _COUNTRY.sub("0", number, count=1)
    if not 9 <= len(number.lstrip("+")) <= 15 or _PUBLIC.fullmatch(number):
        return None
    return Indicator(Kind.PHONE, number, _ending(number))


def of_account(written: str) -> Indicator | None:
    """Return the indicator of an account number; one that is a mobile number, as at a wallet, is that number."""
    if _LEFT_OUT.search(written.lower()):
        return None
    number = _digits(written).lstrip("+")
    if _MOBILE.fullmatch(number):
        return Indicator(Kind.PHONE, number, _ending(number))
    if not 6 <= len(number) <= 19 or _PUBLIC.fullmatch(number) or _LANDLINE.fullmatch(number):
        return None
    return Indicator(Kind.ACCOUNT, number, _ending(number))


def _digits(written: str) -> str:
    number = re.sub(r"[^\d+]", "", written.lower().translate(_LETTERS))
    return number[:1] + number[1:].replace("+", "")


def _ending(number: str) -> str:
    return f"…{number[-_LAST:]}"
