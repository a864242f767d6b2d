"""Numbers that a word beside them makes personal, or nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kiemtin.questions.masking.backwards import backwards, is_tied, number_before
from kiemtin.questions.masking.banks import BANK, BANKS
from kiemtin.questions.masking.claims import FAR, Claim, Place, Places, claim, is_firms, is_long, is_meant, is_no_count
from kiemtin.questions.masking.holders import held_after
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.labels import LABELS, WORDS, Label
from kiemtin.questions.masking.phones import phone_at
from kiemtin.questions.masking.phrases import phrases
from kiemtin.questions.masking.reach import reach
from kiemtin.questions.masking.view import HIDDEN, View

_NEAR = 48  # characters before a word that say more of it
_WORDS_BETWEEN = 6  # words between a word and its number that are looked at
_LISTED = 10  # numbers after one word
_LISTING = re.compile(rf"(?:[ ,/;&+|()\-]|(?<![a-z])(?:hoac|va|or|and|{BANK})(?![a-z0-9])){{1,12}}")
_LONGEST_ACCOUNT = 15  # figures, if they can also be two numbers of telephones
# With letters in it: 711A12345678, 96247LANXINH.
_IN_LETTERS = re.compile(
    r"[^\d\n\x00-\x02;!?]{0,40}?(?<![a-z0-9])"
    r"(?P<number>(?=[a-z0-9]{0,19}[a-z])(?=(?:[a-z]{0,16}\d){4})[a-z0-9]{6,20}+|711a(?:[ .]?\d){8,9})(?!\w)"
)
# Names that stand for an account: LANSHOP88, lan.tcb
_ALIAS = re.compile(
    r"[ :=]{1,3}(?:(?:alias|nickname|ten|la|moi)[ :=]{1,2}){0,2}"
    rf"(?P<number>[a-z][a-z0-9]{{2,15}}\.(?:{phrases(bank for bank in BANKS if bank.isalpha())})|"
    rf"(?=[a-z]{{4,16}}\d)[a-z0-9]{{6,20}}+)(?!\w)"
)
_AMOUNT = re.compile(r"\d+(?:k|tr|trieu|ty|d|dong|vnd|usd|m|b)\d*")
_SERVED_OR_ENDED = re.compile(rf"\d|{HIDDEN}|\n|[.;!?] ")  # it has its number already, or its sentence is over
_NOBODYS = Label(None, re.compile(""), frozenset())


def claims(view: View) -> Iterator[Claim]:
    """Find numbers with a word beside them that tells what they are."""
    places, plain = Places(view.chains()), view.plain
    claimed: set[int] = set()
    words = [word for word in WORDS.finditer(plain) if not plain[word.start() - 1 : word.start()].isalpha()]
    for at, word in enumerate(words):
        label = LABELS[word[0]]
        if label.needs and not label.needs.search(plain, max(0, word.start() - _NEAR), word.start()):
            continue
        if not label.kind and (_is_of_a_phone(plain, words, at) or _is_no_code(view.source, word)):
            continue
        found = [] if is_tied(plain, places, word) else list(_forwards(plain, view.source, places, words, at))
        if label.is_last and not found and not _is_served(plain, word):
            found = [one for one in backwards(plain, places, word) if one.start not in claimed]
        if label.is_strong:
            claimed.update(one.start for one in found)
        yield from found


def _is_served(plain: str, word: re.Match[str]) -> bool:
    """Whether the number after a word has been found already."""
    settled = plain.find(HIDDEN, word.end(), word.end() + FAR)
    return settled >= 0 and LABELS[word[0]].gap.fullmatch(plain, word.end(), settled) is not None


def _is_of_a_phone(plain: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word before speaks of a telephone: số điện thoại đặt đơn hàng."""
    return any(
        LABELS[word[0]].kind is Kind.PHONE
        and LABELS[word[0]].is_strong
        and words[at].start() - word.end() < _NEAR
        and not _SERVED_OR_ENDED.search(plain, word.end(), words[at].start())
        for word in words[max(0, at - 2) : at]
    )


def _is_no_code(source: str, word: re.Match[str]) -> bool:
    """Whether it is the word mà or má, and not mã: tin nó mà chuyển 0123456789."""
    return word[0].startswith("ma ") and source[word.start() : word.start() + 2].lower() not in {"ma", "mã"}


def _forwards(plain: str, source: str, places: Places, words: Sequence[re.Match[str]], at: int) -> Iterator[Claim]:
    """Find the number after a word, and those listed after it."""
    word, label = words[at], LABELS[words[at][0]]
    for place in places.after(word.end()):
        is_near = _is_near(place, word)
        if not (is_near or _is_further(plain, word, place.start)) or _is_taken(words, at, place.start):
            continue
        if "\n" in plain[word.end() : place.start] and not _may_be_below(plain, places, word, place.start):
            return
        last = _last(place, label)
        if last is not None and (is_near or is_long(place, word, last)):
            if label.kind is not Kind.ACCOUNT or is_no_count(place, word, last):
                yield from _listed(places, word, place, last)
            return
    if label.kind is Kind.ACCOUNT and label.is_sure:
        found = _IN_LETTERS.match(plain, word.end())
        if found and not _AMOUNT.fullmatch(found["number"]):
            yield Claim(*found.span("number"), label)
            yield from _more(plain, places, word, found.end())
            return
        alias = _ALIAS.match(plain, word.end())
        if alias and ("." in alias["number"] or source[slice(*alias.span("number"))].isupper()):
            yield Claim(*alias.span("number"), label)


def _is_near(place: Place, word: re.Match[str]) -> bool:
    """Whether what stands between a word and a number lets them belong together."""
    label, plain, start = LABELS[word[0]], place.chain.plain, word.end()
    if label.gap.fullmatch(plain, start, place.start):
        return True
    return label.kind is Kind.ACCOUNT and held_after(plain, place.chain.source, start, place.start)


def _is_further(plain: str, word: re.Match[str], start: int) -> bool:
    """Whether a number further away may still be what a word speaks of, if it can be nothing else."""
    further = LABELS[word[0]].further
    return further is not None and further.fullmatch(plain, word.end(), start) is not None


def _is_taken(words: Sequence[re.Match[str]], at: int, start: int) -> bool:
    """Whether a word of another kind stands nearer to the number."""
    kind = LABELS[words[at][0]].kind
    for word in words[at + 1 : at + 1 + _WORDS_BETWEEN]:
        if word.end() > start:
            return False
        other = LABELS[word[0]]
        if other.is_strong and other.kind is not kind:
            return True
    return False


def _may_be_below(plain: str, places: Places, word: re.Match[str], start: int) -> bool:
    """Whether the number of a word can stand on the next line."""
    label = LABELS[word[0]]
    if label.is_last and number_before(plain, places, word):
        return False
    return label.kind is not Kind.PHONE or ":" in plain[word.end() : start]


def _last(place: Place, label: Label) -> int | None:
    """Give the last group of the number that begins there, if it can be one that the word speaks of."""
    _, chain, first = place
    end = reach(chain, first, label.lengths, is_sure=label.is_sure)
    if label.kind in {Kind.PHONE, Kind.ACCOUNT}:
        phone = phone_at(chain, first)
        is_long = end is not None and len(chain.figures(first, end)) > _LONGEST_ACCOUNT
        if phone is not None and (end is None or label.kind is Kind.PHONE or is_long):
            return phone
    return end


def _listed(places: Places, word: re.Match[str], place: Place, last: int) -> Iterator[Claim]:
    """Claim a number, and those that are listed after it."""
    label, end = LABELS[word[0]], place.chain.atoms[last].end
    if is_firms(place, word, last):
        yield Claim(place.start, end, _NOBODYS)
    elif is_meant(place, word, last, is_sure=label.is_sure):
        yield claim(place, word, last)
        if label.kind:
            yield from _more(place.chain.plain, places, word, end)


def _more(plain: str, places: Places, word: re.Match[str], end: int) -> Iterator[Claim]:
    label = LABELS[word[0]]
    for _ in range(_LISTED):
        place = next(places.after(end), None)
        if place is None or not _LISTING.fullmatch(plain, end, place.start):
            return
        last = _last(place, label)
        if last is None:
            return
        if is_meant(place, word, last, is_sure=False):
            yield claim(place, word, last)
        end = place.chain.atoms[last].end
