"""What a message, before it is masked, is recognised by again. Pure reading: nothing is stored here.

Numbers of the offer only: those of the asker, as far as the words before them tell, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiemtin.media.indicators import Indicator, of_account, of_link, of_phone
from kiemtin.media.links import find_links, read_link
from kiemtin.questions.digest import Taken
from kiemtin.questions.masking import Kind, Piece
from kiemtin.questions.secrets import recognised

MOST = 20
"""Indicators of one message that are kept."""

_LINKS = 60  # links that are looked at: a text of nothing but links must not take long

# The asker's own number, or one that they paid from: who asks wants to be called back, who offers wants to be called.
_ASKER = re.compile(
    r"(?:(?<![a-z])(?:so|sdt|dt|dien thoai|stk|tk|tai khoan|zalo)(?: [a-z]{1,8}){0,3} cua "
    r"(?:toi|minh|em|chau|con|me|bo|ba|ong|vo|chong|chi|anh|ban)(?: [a-z]{1,6}){0,2}"
    r"|(?<![a-z])(?:tra loi|goi lai|nhan lai|bao lai|phan hoi|lien lac lai|lien he lai|nhan tin lai)[a-z ,]{0,40}"
    r"|(?<![a-z])(?:toi|minh|em|chau|con|me|bo) (?:ten|la) [a-z ,]{0,40}"
    r"|(?<![a-z])(?:tu|bang) (?:so )?(?:stk|tk|tai khoan|so|sdt|the)[a-z ]{0,24}"
    r"|(?<![a-z])(?:my|our) (?:own )?(?:phone|mobile|number|account)[a-z ]{0,16}"
    r"|(?<![a-z])(?:call|reach|text|reply to) (?:me|us)(?: back)?[a-z ]{0,16})[ :.,(\-]{0,3}$"
)
_DIGITS_OF_PROFILE = re.compile(r"\+?\d{9,12}")


@dataclass(frozen=True, slots=True)
class Seen:
    """An indicator as it may be stored: a keyed hash of it, and what may be shown."""

    kind: str
    digest: str
    shown: str


def seen_in(taken: Taken) -> tuple[Seen, ...]:
    """Return what a text, as it was sent, is recognised by; each once, at most `MOST`."""
    found = dict.fromkeys((*_in_links(taken.raw), *_in_numbers(taken.pieces)))
    return tuple(Seen(one.kind.value, recognised(one.kind.value, one.value), one.shown) for one in list(found)[:MOST])


def _in_links(raw: str) -> Iterator[Indicator]:
    for found in find_links(raw)[:_LINKS]:
        link = read_link(found.text)
        indicator = of_link(link) if link is not None else None
        if indicator is not None:
            yield indicator


def _in_numbers(pieces: Iterable[Piece]) -> Iterator[Indicator]:
    for piece in pieces:
        indicator = None
        if piece.kind is Kind.ACCOUNT:
            indicator = of_account(piece.figures)
        elif piece.kind is Kind.PHONE:
            indicator = of_phone(piece.figures)
        elif piece.kind is Kind.PROFILE and _DIGITS_OF_PROFILE.fullmatch(piece.text):
            indicator = of_phone(piece.text)  # zalo.me/0988123456
        if indicator is not None and not _ASKER.search(piece.before):
            yield indicator
