"""What a word beside a number says of it, and whether it is meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kiemtin.questions.masking.amounts import (
    counted,
    dated,
    decimal,
    grouped,
    hotline,
    money,
    prices,
    public,
    round_sum,
    years,
)
from kiemtin.questions.masking.atoms import LEFT_OUT
from kiemtin.questions.masking.banks import BANKS
from kiemtin.questions.masking.chains import Chain
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.labels import CLOSE, COUNTING, LABELS, OF_TAXES, Label
from kiemtin.questions.masking.phones import counts_up, is_desk, is_mobile
from kiemtin.questions.masking.phrases import phrases
from kiemtin.questions.masking.view import Find

FAR = 64
"""Characters from a word to its number."""

_TRIED = 6  # groups after a word that are looked at: words for figures can be words of the text
_FIRM = re.compile(
    r"(?<![a-z])(?:cty|cong ty|tnhh|cp|jsc|ltd|company|doanh nghiep|dn|tap doan|htx|hop tac xa)(?![a-z])"
)
# In North America the one who is called pays; the desks of the police and the army.
_FREE = re.compile(r"1?8(?:00|33|44|55|66|77|88)\d{7}|069\d{5,8}")
_BANK = re.compile(rf"(?<![a-z])(?:{phrases(BANKS)})(?![a-z0-9])")
_BANKS = frozenset(BANKS)
_SHARES = re.compile(
    r"(?<![a-z])(?:cp|co phieu|co phan|co dong|khop(?: lenh)?|chung khoan|khoi luong|hose|lai|lo|no xau)(?![a-z])"
)
_SUM_MOST = 5  # figures of a sum before the zeros at its end
_CLOSELY = re.compile(CLOSE)
_OF_CALLS = frozenset({"tong dai", "dau so"})  # a mobile number is somebody's, whatever it is called
_DATE = 8  # figures
_ZEROS_NEXT = re.compile(r"(?: 000)+(?![\w]|[ .]\d)")  # of a sum in millions: vốn 57004359 000 000 đồng
_CITIZEN = 12  # figures of a citizen's number, which is his tax code too
_COUNT_MOST = 9  # figures of a number that counts something
_ACCOUNT_LEAST = 8  # figures
_ENDING_ONLY = re.compile(r"x{4,12}\d{3,4}")  # as a bank tells an account: ******7412
_COUNTED_MOST = 12  # characters of a number that a thing after it can make a count


class Claim(NamedTuple):
    """What a word says of a number, at its place in the plain text.

    `is_phone` if it looks like a telephone number, as those of wallets do, and the word only says that one pays.
    """

    start: int
    end: int
    label: Label
    is_phone: bool = False

    def finds(self) -> Iterator[Find]:
        """Give it as a find, if the number is somebody's."""
        if self.label.kind:
            yield Find(self.start, self.end, Kind.PHONE if self.is_phone else self.label.kind)


class Place(NamedTuple):
    """A group that a number can begin with."""

    start: int
    chain: Chain
    at: int


class Places:
    """Where numbers can begin in a text, in order."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        places = [Place(atom.start, chain, at) for chain in chains for at, atom in enumerate(chain.atoms)]
        self._places = sorted(places, key=lambda place: place.start)
        self._starts = [place.start for place in self._places]

    def after(self, end: int) -> Iterator[Place]:
        """Yield the next few."""
        at = bisect_left(self._starts, end)
        for place in self._places[at : at + _TRIED]:
            if place.start - end > FAR:
                return
            yield place

    def before(self, start: int) -> Place | None:
        """Give the last one that begins before a place."""
        at = bisect_left(self._starts, start)
        return self._places[at - 1] if at else None


def claim(place: Place, word: re.Match[str], last: int) -> Claim:
    """Give what a word says of the number that begins at a place and ends with a group."""
    label, chain = LABELS[word[0]], place.chain
    is_phone = label.kind is Kind.ACCOUNT and not label.is_strong and is_mobile(chain.figures(place.at, last))
    before = chain.plain[max(word.end(), place.start - 2) : place.start]
    signs = len(before) - len(before.rstrip("+(")) if is_phone or label.kind is Kind.PHONE else 0
    return Claim(place.start - signs, chain.atoms[last].end, label, is_phone)


def is_meant(place: Place, word: re.Match[str], last: int, *, is_sure: bool) -> bool:
    """Whether the number is what the word says, and not an amount, a count, a date or a hotline after all.

    Parameters
    ----------
    is_sure
        Whether it is masked though it looks like an amount or a count.
    """
    chain, start, figures = place.chain, place.start, place.chain.figures(place.at, last)
    kind = LABELS[word[0]].kind
    is_inside = start != word.end() and chain.plain[start - 1 : start].isalnum()
    if is_inside or counts_up(chain.atoms[place.at : last + 1]):
        return False
    if kind is None:
        # Of a telephone a word further away says nothing, nor that it is called often.
        is_close = word[0] not in _OF_CALLS and _CLOSELY.fullmatch(chain.plain, word.end(), start)
        return not is_mobile(figures) or bool(is_close)
    if kind is Kind.PHONE and (_FREE.fullmatch(figures) or is_desk(chain.plain, start, figures)):
        return False
    if word[0] in OF_TAXES and figures[0] != "8":
        return False
    if not _is_impersonal(chain, place.at, last, is_sure=is_sure) or (is_sure and _is_told(place, word, last)):
        return True
    return word[0] in _BANKS and _is_at_bank(place, word, last)


def _is_told(place: Place, word: re.Match[str], last: int) -> bool:
    """Whether a sure word stands right before a long number, which no unit makes an amount then: STK 1041827364 VND."""
    written, figures = place.chain.written(place.at, last), place.chain.figures(place.at, last)
    is_amount = len(figures) < _ACCOUNT_LEAST or grouped(written) or round_sum(figures) or dated(written)
    return not is_amount and _CLOSELY.fullmatch(place.chain.plain, word.end(), place.start) is not None


def _is_at_bank(place: Place, word: re.Match[str], last: int) -> bool:
    """Whether nothing but a sign stands between a bank and a number that is no sum, though it is written like one.

    Sums are told with their unit, or end in zeros and have few other figures: acb 22.338.877, vpb 123450000.
    """
    chain, start, end = place.chain, place.start, place.chain.atoms[last].end
    written, figures = chain.written(place.at, last), chain.figures(place.at, last)
    if len(figures) < _ACCOUNT_LEAST or money(chain, start, end) or counted(chain, start, end) or dated(written):
        return False
    if prices(written):
        return False
    told = figures.rstrip("0")
    is_sum = figures.endswith("000") if grouped(written) else len(told) < _SUM_MOST or hotline(figures)
    beside = chain.plain[max(0, word.start() - FAR) : end + FAR]
    return not is_sum and not _SHARES.search(beside) and _CLOSELY.fullmatch(chain.plain, word.end(), start) is not None


def is_no_count(place: Place, word: re.Match[str], last: int) -> bool:
    """Whether the words between do not make the number a count; a long one, or one that begins with 0, none can."""
    chain, figures = place.chain, place.chain.figures(place.at, last)
    if not COUNTING.search(chain.source[word.end() : place.start].lower()):
        return True
    is_counting = len(chain.atoms[place.at].figures) == _ACCOUNT_LEAST or len(figures) < _COUNT_MOST
    is_sure = LABELS[word[0]].is_sure or figures[0] == "0" or not is_counting
    return is_sure and not _is_impersonal(chain, place.at, last, is_sure=False)


def is_long(place: Place, word: re.Match[str], last: int) -> bool:
    """Whether a number is long enough for an account, and neither a telephone's nor an amount or a count."""
    figures = place.chain.figures(place.at, last)
    is_other = is_mobile(figures) or public(figures) or not is_meant(place, word, last, is_sure=False)
    is_told = LEFT_OUT not in figures or _ENDING_ONLY.fullmatch(figures)
    return len(figures) >= _ACCOUNT_LEAST and bool(is_told) and not is_other


def is_firms(place: Place, word: re.Match[str], last: int) -> bool:
    """Whether it is the tax code of a firm, which is public; those of people begin with 8 or are the citizen's."""
    chain, end = place.chain, place.chain.atoms[last].end
    figures = chain.figures(place.at, last)
    is_citizens = figures[0] in {"8", LEFT_OUT} or len(figures) == _CITIZEN
    if LABELS[word[0]].kind is not Kind.TAX_CODE or is_citizens:
        return False
    near = max(0, word.start() - FAR)
    if _BANK.search(chain.plain, near, word.start()):
        return True
    return bool(_FIRM.search(chain.plain, near, place.start) or _FIRM.search(chain.plain, end, end + 16))


def _is_impersonal(chain: Chain, first: int, last: int, *, is_sure: bool) -> bool:
    start, end, figures = chain.atoms[first].start, chain.atoms[last].end, chain.figures(first, last)
    written = chain.written(first, last)
    if figures[0] != "0" and (money(chain, start, end) or _ZEROS_NEXT.match(chain.plain, end)):
        return True
    is_date = dated(written) and (len(figures) == _DATE or not written[:_DATE].isdigit())
    if is_date or years(written) or is_sure:
        return is_date or years(written)
    if figures[0] in {"0", LEFT_OUT}:
        return False
    is_counted = len(written) < _COUNTED_MOST and counted(chain, start, end)
    return (
        prices(written) or grouped(written) or decimal(written) or round_sum(figures) or hotline(figures) or is_counted
    )
