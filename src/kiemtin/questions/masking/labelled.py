"""Numbers that a word beside them makes personal, or nobody's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kiemtin.questions.masking.amounts import counted, dated, grouped, hotline, money, round_sum
from kiemtin.questions.masking.atoms import LEFT_OUT
from kiemtin.questions.masking.banks import BANK
from kiemtin.questions.masking.chains import Chain
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.labels import COUNTING, LABELS, WORDS, Label
from kiemtin.questions.masking.phones import is_desk, is_mobile, phone_at
from kiemtin.questions.masking.reach import reach
from kiemtin.questions.masking.view import Find, View

_TRIED = 6  # groups after a word that are looked at: words for figures can be words of the text
_FAR = 64  # characters from a word to its number
_NEAR = 48  # characters before a word that say more of it
_LISTED = 10  # numbers after one word
_LISTING = re.compile(rf"(?:[ ,/;&+|\n()\-]|(?<![a-z])(?:hoac|va|or|and|{BANK})(?![a-z0-9])){{1,12}}")
# From a number to the word after it: 0123456789 (stk VCB); to an account's perhaps with the holder between.
_OPENING = r"[ ,(\[\-|/:=\n]{0,4}"
_HOLDER = r"(?:[a-z]{1,7}(?: [a-z]{1,7}){1,4} ?[,\-|\n] ?)?"
_TO_WORD = r"(?:(?<![a-z])(?:la|so|o|tai|ben|tk|stk|nh|ngan hang|bank|is|my|the|a)(?![a-z]) ?){0,3}"
_BETWEEN = re.compile(_OPENING + _TO_WORD)
_BETWEEN_ACCOUNT = re.compile(_OPENING + _HOLDER + _TO_WORD)
_BACK = 20  # groups
_LEAST_BACK = 8  # figures of a number before its word
_LONGEST_ACCOUNT = 15
_FIRM = re.compile(r"(?<![a-z])(?:cty|cong ty|tnhh|cp|jsc|ltd|company|doanh nghiep|dn)(?![a-z])")
# With letters in it: 711A12345678, 96247LANXINH.
_IN_LETTERS = re.compile(
    r"[^\d\n\x00-\x02;!?]{0,40}?(?<![a-z0-9])"
    r"(?P<number>(?=[a-z0-9]{0,19}[a-z])(?=(?:[a-z]{0,16}\d){4})[a-z0-9]{6,20}+)(?!\w)"
)
_AMOUNT = re.compile(r"\d+(?:k|tr|trieu|ty|d|dong|vnd|usd|m|b)\d*")
_FREE = re.compile(r"1?8(?:00|33|44|55|66|77|88)\d{7}")  # in North America the one who is called pays
_DATE = 8  # figures
_COUNT_MOST = 10  # figures of a number that counts something
_COUNTED_MOST = 12  # characters of a number that a thing after it can make a count
_INSIDE = re.compile(r"[\w.,/]")
_COUNTS = re.compile(rf"{COUNTING.pattern} ?$")


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


class _Place(NamedTuple):
    """A group that a number can begin with."""

    start: int
    chain: Chain
    at: int


class _Numbers:
    """Where numbers can begin in a text, in order."""

    def __init__(self, chains: Sequence[Chain]) -> None:
        places = [_Place(atom.start, chain, at) for chain in chains for at, atom in enumerate(chain.atoms)]
        self._places = sorted(places, key=lambda place: place.start)
        self._starts = [place.start for place in self._places]

    def after(self, end: int) -> Iterator[_Place]:
        """Yield the next few."""
        at = bisect_left(self._starts, end)
        for place in self._places[at : at + _TRIED]:
            if place.start - end > _FAR:
                return
            yield place

    def before(self, start: int) -> _Place | None:
        """Give the last one that begins before a place."""
        at = bisect_left(self._starts, start)
        return self._places[at - 1] if at else None


def claims(view: View) -> Iterator[Claim]:
    """Find numbers with a word beside them that tells what they are."""
    numbers, plain = _Numbers(view.chains()), view.plain
    words = [word for word in WORDS.finditer(plain) if not plain[word.start() - 1 : word.start()].isalpha()]
    for at, word in enumerate(words):
        label = LABELS[word[0]]
        if label.needs and not label.needs.search(plain, max(0, word.start() - _NEAR), word.start()):
            continue
        if not label.kind and _is_of_a_phone(words, at):
            continue
        found = list(_forwards(plain, numbers, words, at))
        yield from found or (_backwards(plain, numbers, word) if label.is_last else ())


def _is_of_a_phone(words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word before speaks of a telephone: số điện thoại đặt đơn hàng."""
    return any(
        LABELS[word[0]].kind is Kind.PHONE and LABELS[word[0]].is_strong and words[at].start() - word.end() < _NEAR
        for word in words[max(0, at - 2) : at]
    )


def _forwards(plain: str, numbers: _Numbers, words: Sequence[re.Match[str]], at: int) -> Iterator[Claim]:
    """Find the number after a word, and those listed after it."""
    word, label = words[at], LABELS[words[at][0]]
    for place in numbers.after(word.end()):
        if not label.gap.fullmatch(plain, word.end(), place.start) or _is_taken(words, at, place.start):
            continue
        last = _last(place, label)
        if last is not None:
            if not label.counts or _is_no_count(place, word, last):
                yield from _listed(numbers, word, place, last)
            return
    if label.kind is Kind.ACCOUNT and label.is_sure:
        found = _IN_LETTERS.match(plain, word.end())
        if found and not _AMOUNT.fullmatch(found["number"]):
            yield Claim(*found.span("number"), label)
            yield from _more(plain, numbers, word, found.end())


def _is_no_count(place: _Place, word: re.Match[str], last: int) -> bool:
    """Whether the words between do not make the number a count; a long one, or one that begins with 0, none can."""
    chain, figures = place.chain, place.chain.figures(place.at, last)
    if not COUNTING.search(chain.source[word.end() : place.start].lower()):
        return True
    is_sure = LABELS[word[0]].is_sure or figures[0] == "0" or len(figures) >= _COUNT_MOST
    return is_sure and not _is_impersonal(chain, place.at, last, is_sure=False)


def _is_taken(words: Sequence[re.Match[str]], at: int, start: int) -> bool:
    """Whether a word of another kind stands nearer to the number."""
    kind = LABELS[words[at][0]].kind
    for word in words[at + 1 : at + 1 + _TRIED]:
        if word.end() > start:
            return False
        other = LABELS[word[0]]
        if other.is_strong and other.kind is not kind:
            return True
    return False


def _last(place: _Place, label: Label) -> int | None:
    """Give the last group of the number that begins there, if it can be one that the word speaks of."""
    _, chain, first = place
    end = reach(chain, first, label.lengths)
    if label.kind in {Kind.PHONE, Kind.ACCOUNT}:
        phone = phone_at(chain, first)
        is_long = end is not None and len(chain.figures(first, end)) > _LONGEST_ACCOUNT
        if phone is not None and (end is None or label.kind is Kind.PHONE or is_long):
            return phone
    return end


def _listed(numbers: _Numbers, word: re.Match[str], place: _Place, last: int) -> Iterator[Claim]:
    """Claim a number, and those that are listed after it."""
    if _is_meant(place.chain, word, place.at, last):
        yield _claim(place, word, last)
    yield from _more(place.chain.plain, numbers, word, place.chain.atoms[last].end)


def _more(plain: str, numbers: _Numbers, word: re.Match[str], end: int) -> Iterator[Claim]:
    label = LABELS[word[0]]
    for _ in range(_LISTED):
        place = next(numbers.after(end), None)
        if place is None or not _LISTING.fullmatch(plain, end, place.start):
            return
        last = _last(place, label)
        if last is None:
            return
        if _is_meant(place.chain, word, place.at, last):
            yield _claim(place, word, last)
        end = place.chain.atoms[last].end


def _claim(place: _Place, word: re.Match[str], last: int) -> Claim:
    label, chain = LABELS[word[0]], place.chain
    is_phone = label.kind is Kind.ACCOUNT and not label.is_strong and is_mobile(chain.figures(place.at, last))
    before = chain.plain[max(word.end(), place.start - 2) : place.start]
    signs = len(before) - len(before.rstrip("+(")) if is_phone or label.kind is Kind.PHONE else 0
    return Claim(place.start - signs, chain.atoms[last].end, label, is_phone)


def _backwards(plain: str, numbers: _Numbers, word: re.Match[str]) -> Iterator[Claim]:
    """Find the number before a word."""
    label, place = LABELS[word[0]], numbers.before(word.start())
    if place is None or word.start() - place.start > _FAR:
        return
    chain, last = place.chain, place.at
    between = _BETWEEN_ACCOUNT if label.kind is Kind.ACCOUNT else _BETWEEN
    if not between.fullmatch(plain, chain.atoms[last].end, word.start()):
        return
    first = None
    for at in range(last, max(-1, last - _BACK), -1):
        if reach(chain, at, label.lengths) == last and _begins(chain, at):
            first = at
    if first is None or len(chain.figures(first, last)) < _LEAST_BACK:
        return
    if _is_meant(chain, word, first, last, is_sure=False):
        yield Claim(chain.atoms[first].start, chain.atoms[last].end, label)


def _begins(chain: Chain, at: int) -> bool:
    """Whether a number can begin with a group: not in the middle of another, and nothing says that it counts."""
    start, between = chain.atoms[at].start, chain.between(at)
    if at and " " not in between and "\n" not in between:
        return False
    if _INSIDE.match(chain.plain[max(0, start - 1) : start]):
        return False
    return not _COUNTS.search(chain.source[max(0, start - 10) : start].lower())


def _is_meant(chain: Chain, word: re.Match[str], first: int, last: int, *, is_sure: bool | None = None) -> bool:
    """Whether the number is what the word says, and not an amount, a count, a date or a hotline after all."""
    label, start, figures = LABELS[word[0]], chain.atoms[first].start, chain.figures(first, last)
    if start != word.end() and chain.plain[start - 1 : start].isalnum():
        return False
    if not label.kind:
        return True
    if label.kind is Kind.TAX_CODE and _is_firms(chain, word, last, figures):
        return False
    if label.kind is Kind.PHONE and (_FREE.fullmatch(figures) or is_desk(chain.plain, start, figures)):
        return False
    return not _is_impersonal(chain, first, last, is_sure=label.is_sure if is_sure is None else is_sure)


def _is_firms(chain: Chain, word: re.Match[str], last: int, figures: str) -> bool:
    """Whether it is the tax code of a firm, which is public; those of people begin with 8."""
    if figures[0] in {"8", LEFT_OUT}:
        return False
    near, end = max(0, word.start() - _FAR), chain.atoms[last].end
    is_named = _FIRM.search(chain.plain, near, word.start()) or _FIRM.search(chain.plain, end, end + 10)
    return word[0] == "tin" or is_named is not None


def _is_impersonal(chain: Chain, first: int, last: int, *, is_sure: bool) -> bool:
    start, end, figures = chain.atoms[first].start, chain.atoms[last].end, chain.figures(first, last)
    written = chain.written(first, last)
    if figures[0] != "0" and money(chain.plain, start, end):
        return True
    if dated(written) or is_sure:
        return dated(written) and len(figures) == _DATE
    if figures[0] in {"0", LEFT_OUT}:
        return False
    is_counted = len(written) < _COUNTED_MOST and counted(chain.plain, end)
    return grouped(written) or round_sum(figures) or hotline(figures) or is_counted
