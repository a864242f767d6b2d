"""Numbers that stand before the word that tells what they are: 0123456789 (stk VCB)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.atoms import Form
from kiemtin.questions.masking.banks import BANKS
from kiemtin.questions.masking.chains import Chain
from kiemtin.questions.masking.claims import FAR, Claim, Place, Places, is_meant
from kiemtin.questions.masking.holders import held_before
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.labels import COUNTING, LABELS
from kiemtin.questions.masking.phones import phone_at
from kiemtin.questions.masking.reach import reach

_BANKS = frozenset(BANKS)
# From a number to its word; with the holder between see `holders`.
_TO_WORD = (
    r"(?:(?<![a-z])(?:la|so|o|tai|ben|thuoc|cua|day|chu|"
    r"nhe|nha|ne|nay|a|di|e|em|minh|shop|dung|moi|tk|stk|nh|ngan hang|bank|is|my|the)(?![a-z]) ?){0,3}"
)
_BETWEEN = re.compile(r"[ (\[\-|/:=]{0,4}" + _TO_WORD)
_BETWEEN_BANK = re.compile(r"(?:[^\w\n\x00-\x02.;!?]|_){0,5}" + _TO_WORD)
# The word is that of the number before it, whatever follows.
_TIED_BANK = re.compile(r"|[ /|\-(]|[ ]\(")
_TIED = re.compile(r" (?:la|is) (?:so |my |the )?")
_NEXT_LINE = re.compile(r" {0,2}\n {0,2}(?:ngan hang |nh |bank )?")
_LINE_BEGINS = re.compile(r"(?:\n|\A) ?(?:(?:so|stk|tk|so tk)[ :]{0,3})?\Z")
_GROUPS = 20
_LEAST = 8  # figures
_SMALL = 2  # figures of a group
_INSIDE = re.compile(r"\w\Z|(?<![a-z])[.,/]\Z")
_COUNTS = re.compile(rf"{COUNTING.pattern} ?\Z")


def is_tied(plain: str, places: Places, word: re.Match[str]) -> bool:
    """Whether the number before a word is surely its own: 0123456789-VCB, 0123456789 là stk của tôi."""
    place = _last_before(plain, places, word) if LABELS[word[0]].is_last else None
    tied = _TIED_BANK if word[0] in _BANKS else _TIED
    return place is not None and tied.fullmatch(_between(place, word)) is not None


def number_before(plain: str, places: Places, word: re.Match[str]) -> bool:
    """Whether a number stands before a word that may be its own."""
    return _last_before(plain, places, word) is not None


def backwards(plain: str, places: Places, word: re.Match[str]) -> Iterator[Claim]:
    """Find the number before a word."""
    place = _last_before(plain, places, word)
    if place is None:
        return
    chain, last, label = place.chain, place.at, LABELS[word[0]]
    first = _first(chain, last, word)
    if first is None or len(chain.figures(first, last)) < _LEAST or max(chain.lengths(first, last)) == _SMALL:
        return
    start = chain.atoms[first].start
    if "\n" in _between(place, word) and not _LINE_BEGINS.search(plain[max(0, start - 12) : start]):
        return
    if is_meant(Place(start, chain, first), word, last, is_sure=False):
        yield Claim(start, chain.atoms[last].end, label)


def _last_before(plain: str, places: Places, word: re.Match[str]) -> Place | None:
    """Give the last group of the number."""
    place = places.before(word.start())
    if place is not None and _is_at(place):
        place = Place(place.chain.atoms[place.at - 1].start, place.chain, place.at - 1)
    if place is None or word.start() - place.start > FAR:
        return None
    end = place.chain.atoms[place.at].end
    between = _BETWEEN_BANK if word[0] in _BANKS else _BETWEEN
    is_above = word[0] in _BANKS and _NEXT_LINE.fullmatch(plain, end, word.start())
    if is_above or between.fullmatch(plain, end, word.start()):
        return place
    is_held = word[0] in _BANKS and held_before(plain, place.chain.source, end, word.start())
    return place if is_held else None


def _is_at(place: Place) -> bool:
    """Whether a group is the word ở after a number, and no zero."""
    return place.at > 0 and place.chain.atoms[place.at].form is Form.LETTERS and place.chain.between(place.at) == " "


def _between(place: Place, word: re.Match[str]) -> str:
    return place.chain.plain[place.chain.atoms[place.at].end : word.start()]


def _first(chain: Chain, last: int, word: re.Match[str]) -> int | None:
    """Give the first group of the longest number that ends with a group."""
    label = LABELS[word[0]]
    places = range(max(0, last + 1 - _GROUPS), last + 1)
    if label.kind is Kind.PHONE and (phones := [at for at in places if phone_at(chain, at) == last]):
        return phones[0]
    return next((at for at in places if reach(chain, at, label.lengths) == last and _begins(chain, at)), None)


def _begins(chain: Chain, at: int) -> bool:
    """Whether a number can begin with a group: not in the middle of another, and nothing says that it counts."""
    start, between = chain.atoms[at].start, chain.between(at)
    if at and " " not in between and "\n" not in between:
        return False
    if _INSIDE.search(chain.plain[max(0, start - 2) : start]):
        return False
    return not _COUNTS.search(chain.source[max(0, start - 10) : start].lower())
