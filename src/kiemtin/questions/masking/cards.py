"""Numbers that check themselves: of payment cards (ISO/IEC 7812-1, annex B) and international accounts (ISO 13616)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.atoms import LEFT_OUT, Form
from kiemtin.questions.masking.chains import Chain
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View, scan

_ISSUER = re.compile(
    r"4(?:.{12}|.{15}|.{18})|5[1-5].{14}|2[2-7].{14}|3[47].{13}|35.{14}|3[068].{12}|6(?:011|2|5|4[4-9]).{12,17}"
)
_NAPAS = re.compile(r"9704(?:.{12}|.{15})")
_PARTLY = re.compile(r"(?=.{14,19}$)(?:[2-69]\d{3}\d{0,2}x{6,10}\d{0,2}\d{3,4}|x{8,12}\d{4})")
# Shorter where the word before says that it is a card: thẻ 4111****1111, visa ****1111.
_SHORT = re.compile(r"(?:2[2-7]|[3-69]\d)\d{2,4}x{2,12}\d{3,4}|x{2,12}\d{4}")
_WORD = re.compile(
    r"(?<![a-z])(?:the|visa|master ?card|amex|jcb|napas|card)"
    r"(?: (?:cua (?:ban|em|toi|minh|me)|tin dung|ghi no|[a-z]{1,8}))?[ :.]{1,3}\Z"
)
_EXPIRY = re.compile(r"[ ,;|/\-]{1,3}(?:[a-z]{1,4}[ .:]{0,2}){0,2}(?:0[1-9]|1[0-2]) ?[/\-] ?(?:20)?[2-4]\d(?!\d)")
_BEGINS = frozenset("2345689x")
_LEAST, _MOST = 6, 19
_IBAN_FIGURES = 12
_BETWEEN = re.compile(r"[ .\-_/\n]{0,3}")
_PART = 4  # figures of a group of a card that goes over several lines
_SMALL = 2  # figures; groups so small are not those of a card, but for figures one by one
_INSIDE_BEFORE = re.compile(r"\w\Z|[\w*]\*\Z|\d[.,/\-]\Z")
_INSIDE_AFTER = re.compile(r"\w|[*#•][\w*#•]|[.,]\d")
_IBAN = re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?:[ \-.]?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?![a-z0-9])")
# How long they are in a country; it goes without saying that the figures fit, where the length and the capitals do.
_IBAN_LENGTHS = {
    "ad": 24, "ae": 23, "at": 20, "be": 16, "bg": 22, "ch": 21, "cy": 28, "cz": 24, "de": 22, "dk": 18, "ee": 20,
    "es": 24, "fi": 18, "fr": 27, "gb": 22, "gr": 27, "hr": 21, "hu": 28, "ie": 22, "il": 23, "is": 26, "it": 27,
    "lt": 20, "lu": 20, "lv": 21, "mt": 31, "nl": 18, "no": 15, "pl": 28, "pt": 25, "qa": 29, "ro": 24, "rs": 22,
    "sa": 24, "se": 24, "si": 19, "sk": 24, "tr": 26, "ua": 29, "al": 28, "az": 28, "ba": 20, "bh": 22, "br": 29,
    "by": 28, "cr": 22, "do": 28, "eg": 29, "ge": 22, "gi": 23, "gt": 28, "jo": 30, "kw": 30, "kz": 20, "lb": 28,
    "li": 21, "ma": 28, "mc": 27, "md": 24, "me": 22, "mk": 19, "om": 23, "pk": 24, "sm": 27, "tn": 24, "vg": 24,
    "xk": 20,
}  # fmt: skip


def cards(view: View) -> Iterator[Find]:
    """Find whole numbers of cards, those with their middle left out, and IBANs."""
    for chain in view.chains():
        for first, last in chain.runs(_card_at):
            yield Find(chain.atoms[first].start, chain.atoms[last].end, Kind.CARD)
    for match in scan(_IBAN, view.plain, lambda match: _end_of_iban(view, match) > 0):
        yield Find(match.start(), _end_of_iban(view, match), Kind.ACCOUNT)


def _end_of_iban(view: View, match: re.Match[str]) -> int:
    """Where an international account ends, however the words after it are written; 0 if it is none."""
    length, end = _IBAN_LENGTHS.get(match[0][:2]), match.end()
    is_loud = view.source[match.start() : match.start() + 2].isupper()
    if length is not None:
        places = [at for at in range(match.start(), match.end()) if view.plain[at].isalnum()]
        if len(places) < length or view.plain[places[length - 1] + 1 : places[length - 1] + 2].isalnum():
            return 0
        end = places[length - 1] + 1
        figures = sum(view.plain[at].isdigit() for at in places[:length])
        if is_loud and figures >= _IBAN_FIGURES:
            return end
    elif not is_loud:
        return 0
    return end if iban(view.plain[match.start() : end]) else 0


def luhn(number: str) -> bool:
    """Whether the last digit fits the others."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


def iban(written: str) -> bool:
    """Whether the two figures after the country fit the rest."""
    number = "".join(char for char in written if char.isalnum())
    return int("".join(str(int(char, 36)) for char in number[4:] + number[:4])) % 97 == 1


def _card_at(chain: Chain, first: int) -> int | None:
    """Return the last group of the card number that begins with a group."""
    if chain.atoms[first].figures[:1] not in _BEGINS or not _is_free(chain, first):
        return None
    if chain.atoms[first].form is Form.GAP:
        return None
    figures, best, between = "", None, ""
    for last in range(first, len(chain.atoms)):
        atom, sign = chain.atoms[last], chain.between(last) if last > first else ""
        if atom.form is Form.LETTERS or not _BETWEEN.fullmatch(sign) or (sign and sign != (between or sign)):
            break
        between = between or sign
        figures += atom.figures
        if len(figures) > _MOST:
            break
        if len(figures) >= _LEAST and _is_card(chain, first, last, figures) and _ends(chain, last):
            best = last
    return best


def _is_free(chain: Chain, first: int) -> bool:
    """Whether no figure and no letter stands right before."""
    start = chain.atoms[first].start
    return not _INSIDE_BEFORE.search(chain.plain[max(0, start - 2) : start])


def _ends(chain: Chain, last: int) -> bool:
    end = chain.atoms[last].end
    return not _INSIDE_AFTER.match(chain.plain[end : end + 2])


def _is_card(chain: Chain, first: int, last: int, figures: str) -> bool:
    start = chain.atoms[first].start
    if LEFT_OUT in figures:
        if _PARTLY.fullmatch(figures):
            return True
        return bool(_SHORT.fullmatch(figures) and _WORD.search(chain.plain[max(0, start - 30) : start]))
    is_told = luhn(figures) or _EXPIRY.match(chain.plain, chain.atoms[last].end)
    if not _NAPAS.fullmatch(figures) and not (_ISSUER.fullmatch(figures) and is_told):
        return False
    if chain.atoms[first].form is Form.WORDS:
        return _WORD.search(chain.plain[max(0, start - 30) : start]) is not None
    lengths = chain.lengths(first, last)
    if _NAPAS.fullmatch(figures) and len(lengths) > 1 and lengths[-1] == _SMALL:
        lengths = lengths[:-1]  # the bank says that it is a card, whatever its last group is
    is_parted = max(lengths) == _PART or "\n" not in chain.written(first, last)
    return set(lengths) == {1} or (min(lengths) > _SMALL and is_parted)
