"""What stands on a screen but belongs to no message: the clock, times and signs of receipt, the field to write in."""

from __future__ import annotations

import re
import unicodedata

_TIME = r"\d{1,2}[:.h]\d{2}(?:\s?(?:am|pm|sa|ch))?"
_DAY = (
    r"(?:hôm nay|hôm qua|today|yesterday|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|th \d|t\d|cn|"
    r"mon|tue|wed|thu|fri|sat|sun|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{1,2} (?:tháng|thg) \d{1,2}(?:,? \d{4})?)"
)
_STATE = r"(?:đã xem|đã gửi|đã nhận|đã chuyển|đang gửi|seen|sent|delivered|read|edited|đã chỉnh sửa)"
_SIGNS = r"[\W_vwy√✓]{0,4}"
_WHEN = re.compile(
    rf"{_SIGNS}(?:{_DAY}\W*)?(?:lúc |at )?(?:{_TIME})?\W*(?:{_STATE})?(?:\W*{_TIME})?{_SIGNS}", re.IGNORECASE
)
_FIELD = re.compile(
    r"c?(?:nhap)?(?:tinnhan|tin|nhan|tinnh?[ae]?n)|nhaptinnhan.*|(?:typea)?message|imessage|aa|vietbinhluan|writeacomment"
)
_TICK = re.compile(rf"{_TIME}{_SIGNS}", re.IGNORECASE)
_UNSURE = 0.35
_LETTERS = 3


def is_when(text: str) -> bool:
    """Say whether a line is nothing but a time, a day or a sign of receipt: `9:41`, `Hôm nay 13:10`, `Đã xem`."""
    return bool(text) and _WHEN.fullmatch(text) is not None


def is_time(text: str) -> bool:
    """Say whether a word is a time as it stands in the corner of a bubble."""
    return _TICK.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Say whether a word is made of digits: a time whose colon was not seen."""
    return any(char.isdigit() for char in text) and not any(char.isalpha() for char in text)


def is_field(text: str) -> bool:
    """Say whether a line is the empty field in which one would write, which is faint and often read in part."""
    letters = "".join(char for char in unicodedata.normalize("NFD", text.lower()) if char.isalpha())
    return _FIELD.fullmatch(letters) is not None


def is_stray(text: str, confidence: float) -> bool:
    """Say whether a line is no writing: signs without letters, or some letters that were guessed from a drawing."""
    letters = sum(unicodedata.category(char)[0] in "LN" for char in text)
    return letters == 0 or confidence < _UNSURE or (letters < _LETTERS and confidence < 2 * _UNSURE)
