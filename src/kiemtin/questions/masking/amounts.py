"""Numbers that are not personal: amounts, counts, dates, times and the numbers of public hotlines."""

from __future__ import annotations

import re
from typing import Protocol

from kiemtin.questions.masking.phrases import listed


class Text(Protocol):
    """A text, folded and as it is."""

    @property
    def plain(self) -> str:
        """Folded, of the same length."""

    @property
    def source(self) -> str:
        """As it is."""


_MONEY = (
    r"d(?!/c)|dong(?! (?:a|van|thi)(?![a-z]))|trieu(?! (?:van|thi|quang|minh|duc)(?![a-z]))|ty|ti|vnd|usd|eur|euros?|"
    r"do la|dollars?|nghin|trd|million|billion|thousand|phan tram|percent"
)
_THINGS = (
    r"nguoi(?! (?:nhan|huong|thu|ta|ban|gui|nha)(?![a-z]))|"
    r"people|luot|khach|giao dich|views?|likes?|follow(?:ers?)?|share|co phieu|co phan|san pham|kg|km|m2|lit|"
    r"phut|tuoi|doses?|lieu|mui"
)
# Folded, these are other words and names too (không, do; Lan, Nam, ngay): after a space they say nothing of a
# number so long that nobody would write it in one piece if it were an amount. Nor do others with a tone that is not
# theirs: đóng, động.
_SCALES = r"k|do|tr"
_OFTEN_NAMES = r"ngan(?! hang)|cu|lan|ca|lien|tan|ha|nam|thang|ngay|gio"
_TONED = frozenset(
    listed("""
    đ, đồng, triệu, tỷ, tỉ, tỵ, vnđ, đô la, nghìn, phần trăm, người, lượt, khách, giao dịch, cổ phiếu, cổ phần,
    sản phẩm, lít, phút, tuổi, liều, mũi
    """)
)
_MONEY_AFTER = re.compile(rf" ?(?:(?P<unit>{_MONEY}|(?P<doubtful>{_SCALES}))(?![a-z0-9])|[%$€£₫¥])")
_THING_AFTER = re.compile(rf" ?(?P<unit>{_THINGS}|(?P<doubtful>{_OFTEN_NAMES}))(?![a-z0-9])")
_LONG = 8  # figures
_SIGN_BEFORE = re.compile(r"(?:[$€£¥₫]|usd|vnd|eur) ?\Z")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d{1,3}[.,]\d{4,}")
_YEARS = re.compile(r"(?:19|20)\d\d(?: ?- ?(?:19|20)\d\d){1,4}|(?:19[5-9]|20[0-4])\d(?:,? (?:19[5-9]|20[0-4])\d){1,4}")
_YEAR = re.compile(r"19[5-9]\d|20[0-4]\d")
_DATE = re.compile(r"\d{1,2}([./-])\d{1,2}\1(?:19|20)\d\d|(?:19|20)\d\d([./-]?)[01]\d\2[0-3]\d(?!\d)")
_TIMES = re.compile(r"[0-2]\d\.[0-5]\d ?- ?[0-2]\d\.[0-5]\d")
# Desks, the police and the army, hotlines; a longer number that begins like one is an account.
_PUBLIC = re.compile(r"02\d{8,9}|069\d{4,8}|1[89]00\d{4,6}|1?8(?:00|33|44|55|66|77|88)\d{7}")
_HOTLINE = re.compile(r"1[89]00\d{3,6}")
# So many figures are an amount only if no more than so many of them are other than the zeros at the end.
_MANY, _LEADING = 10, 3
_PRICES = 2  # groups; so many that all end in zeros are sums


def money(text: Text, start: int, end: int) -> bool:
    """Whether a currency, a scale or a percent sign stands beside the number."""
    before = text.plain[max(0, start - 4) : start]
    return _follows(_MONEY_AFTER, text, start, end) or _SIGN_BEFORE.search(before) is not None


def counted(text: Text, start: int, end: int) -> bool:
    """Whether a thing that is counted follows the number."""
    return _follows(_THING_AFTER, text, start, end)


def grouped(number: str) -> bool:
    """Whether the number is written in thousands: 1.500.000."""
    return bool(_THOUSANDS.fullmatch(number))


def decimal(number: str) -> bool:
    """Whether it is a number with more figures after the point than thousands have: 10.762622."""
    return bool(_DECIMAL.fullmatch(number))


def prices(number: str) -> bool:
    """Whether it is a row of sums: 92000 93500 94000, 200 000 300 000."""
    groups = number.split(" ")
    is_number = number.startswith("0") and not number.startswith("000")
    return len(groups) >= _PRICES and not is_number and all(group.endswith("00") for group in groups)


def round_sum(figures: str) -> bool:
    """Whether it ends in thousands, as amounts do and account numbers seldom do."""
    is_plain = len(figures) < _MANY or len(figures.rstrip("0")) <= _LEADING
    return figures[0] != "0" and figures.endswith("000") and is_plain


def years(number: str) -> bool:
    """Whether it is a range of years."""
    return bool(_YEARS.fullmatch(number))


def year(number: str) -> bool:
    """Whether it is a year."""
    return bool(_YEAR.fullmatch(number))


def dated(number: str) -> bool:
    """Whether it begins with a date or is a range of times or years."""
    return bool(_DATE.match(number) or _TIMES.match(number) or _YEARS.fullmatch(number))


def hotline(figures: str) -> bool:
    """Whether it is a 1800 or 1900 number, which only firms and public bodies hold."""
    return bool(_HOTLINE.fullmatch(figures))


def public(figures: str) -> bool:
    """Whether it can be the number of a desk, of the police or the army, or a hotline."""
    return bool(_PUBLIC.fullmatch(figures))


def _follows(units: re.Pattern[str], text: Text, start: int, end: int) -> bool:
    """Whether a unit follows the number, and no word that is only spelt like one."""
    unit = units.match(text.plain, end)
    if not unit:
        return False
    number = text.plain[start:end]
    is_short = sum(char.isdigit() for char in number) < _LONG or grouped(number) or decimal(number)
    if is_short or text.plain[end] != " " or not unit["unit"]:
        return True
    word = text.source[slice(*unit.span("unit"))].lower()
    return not unit["doubtful"] and (word.isascii() or word in _TONED)
