"""Names of holders between a number of an account and the word that tells it: VCB - NGUYEN VAN A - 0123456789."""

from __future__ import annotations

import re

from kiemtin.questions.masking.banks import BANK
from kiemtin.questions.masking.names import is_holder
from kiemtin.questions.masking.view import HIDDEN_NAME

_SIGNS = r"[^\w\x00-\x02]|_"
_TITLES = r"(?:so huu|ten|chu|tk|tai khoan|stk|ctk|cua|mang|dung|nguoi|nhan|huong|la|so|ong|ba|anh|chi|em|co|chu|cho)"
_NAME = rf"(?P<name>{HIDDEN_NAME}+|[a-z]{{1,7}}(?: [a-z]{{1,7}}){{1,4}}?)"
_TO_NUMBER = rf"(?:{_SIGNS}|(?<![a-z])(?:so|stk|tk|tai khoan|la|{BANK})(?![a-z])){{1,8}}"
_TO_WORD = rf"(?:{_SIGNS}|(?<![a-z])(?:o|tai|ben|nh|ngan hang|bank)(?![a-z])){{1,8}}"
_BEFORE_NAME = rf"(?:{_SIGNS}|(?<![a-z]){_TITLES}(?![a-z])){{1,10}}+"
_AFTER_WORD = re.compile(rf"{_BEFORE_NAME}{_NAME}{_TO_NUMBER}")
_BEFORE_WORD = re.compile(rf"{_BEFORE_NAME}{_NAME}{_TO_WORD}")


def held_after(plain: str, source: str, start: int, end: int) -> bool:
    """Whether nothing but a holder stands between a word and the number after it."""
    return _is_held(_AFTER_WORD.fullmatch(plain, start, end), source)


def held_before(plain: str, source: str, start: int, end: int) -> bool:
    """Whether nothing but a holder stands between a number and the word after it."""
    return _is_held(_BEFORE_WORD.fullmatch(plain, start, end), source)


def _is_held(match: re.Match[str] | None, source: str) -> bool:
    if match is None:
        return False
    return match["name"][0] == HIDDEN_NAME or is_holder(source[slice(*match.span("name"))])
