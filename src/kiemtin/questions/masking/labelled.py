"""Numbers that a word beside them makes personal: identity, tax, passport, account, telephone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from kiemtin.questions.masking.amounts import counted, dated, digits, grouped, hotline, money, round_sum
from kiemtin.questions.masking.banks import BANK, BANK_NAMES
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

_ONE = r"\d[\dx*]{5,18}"
_STOP = r"(?![\dx*]|[.,]\d|/\d|:\d)"
_LAST_ONE = r"(?: \d(?! ?(?:tr|k|t[iy]|cu|nghin|ngan|lan|nguoi|d|trieu)(?![a-z])))?"
_NUMBER = (
    rf"(?:\d{{10}}-\d{{3}}{_STOP}|\d{{3}}[a-c]\d{{5,8}}{_STOP}"
    rf"|\d{{1,5}}(?: [\dx*]{{2,6}}){{1,8}}{_LAST_ONE}{_STOP}|\d{{2,5}}(?:\.[\dx*]{{2,6}}){{1,8}}(?:\.\d)?{_STOP}"
    rf"|\d{{2,5}}(?:-[\dx*]{{2,6}}){{1,8}}{_STOP}|{_ONE}{_STOP}"
    # one figure at a time; only the last ones, as a bank writes them; letters for zeros
    rf"|\d(?:[ .-]{{1,3}}\d){{7,18}}(?! ?[\dx*]|[.,/:]\d)|[x*]{{2,12}}\d{{3,6}}{_STOP}"
    rf"|(?=o{{0,3}}\d)[\do]{{9,14}}(?![a-z]){_STOP})"
)
_EACH = re.compile(_NUMBER)
_NUMBERS = rf"(?P<numbers>{_NUMBER}(?:(?: ?[,/;&+] ?| hoac | va | or | and ){_NUMBER}){{0,9}})"
_NTH = r"(?: ?\d(?= ?:))?"  # STK 2: …
_FILLER = rf"{_NTH}(?:[ :=.,#()/\-]|so|la|no|cua|toi|em|minh|ben|tai|nay|vnd|is|number|chinh chu|\n|{BANK}){{0,10}}+"
_WORDS = rf"{_NTH}(?:(?!o{{1,3}}\d)[^\d\n\x00-\x02;!?]|(?:9|12) (?:chu )?so(?![a-z])){{0,40}}+(?:\n {{0,3}})?"
_FREE = re.compile(r"1?8(?:00|33|44|55|66|77|88)\d{7}")  # in North America the one who is called pays
# Between the word and the number these say that the number counts something.
_COUNTING = re.compile(
    r"(?<![a-z])(?:dat|tang|giam|hon|khoang|gan|tren|duoi|bi|tru|cong|duoc|co|mo|lap|gia|"
    r"nhan(?! (?:cuu tro|tien|ho tro|ung ho|luong|coc|qua)(?![a-z])))(?![a-z])"
)


class Label(NamedTuple):
    """Words that come before a number, what may stand between, and which numbers they make personal."""

    kind: Kind
    words: re.Pattern[str]
    numbers: re.Pattern[str]
    fits: Callable[[str], bool]


def _label(kind: Kind, words: str, gap: str, fits: Callable[[str], bool]) -> Label:
    return Label(kind, re.compile(words), re.compile(rf"(?![a-z])(?P<gap>{gap}){_NUMBERS}"), fits)


def _of_length(least: int, most: int) -> Callable[[str], bool]:
    return lambda number: (least if number[0] not in "x*" else 5) <= len(digits(number)) <= most


_SURE = (
    _label(
        Kind.ID_NUMBER,
        r"cccd|cmnd|cmtnd|cmt|can cuoc(?: cong dan)?|chung minh(?: nhan dan| thu)?|so dinh danh|ma dinh danh|"
        r"dinh danh ca nhan|id(?: card| no\.?| number)|identity card|ma so bhxh|so bhxh|so the bhyt|so so bhxh",
        _WORDS,
        lambda number: len(digits(number)) in {9, 10, 12},
    ),
    _label(
        Kind.TAX_CODE,
        r"mst|ma so thue|tax (?:code|id|no\.?|number)",
        r"[^\d\n\x00-\x02.;!?]{0,24}+",
        lambda number: len(digits(number)) in {10, 12, 13},
    ),
    _label(
        Kind.ACCOUNT,
        r"stk|s\.t\.k|so (?:tai khoan|tk)|account (?:no\.?|number)|acc(?:ount)? no\.?|bank account|a/c",
        _WORDS,
        _of_length(6, 19),
    ),
)
_LIKELY = (
    _label(
        Kind.PHONE,
        r"sdt|s\.d\.t|so dt|so dien thoai|dien thoai|dt|d/t|phone(?: no\.?| number)?|tel|mobile|zalo|viber|whatsapp|"
        r"lien he|lh|goi(?: ngay)?|call|alo|so may",
        r"(?:[ :=.#()/\-+]|so|qua|la|ngay|cho|toi|em|minh|anh|chi|zalo|theo|at|me|on|number|no){0,8}+",
        lambda number: 8 <= len(digits(number)) <= 12 and not _FREE.fullmatch(digits(number)),
    ),
    _label(
        Kind.ACCOUNT,
        r"tk|t/k|tai khoan|account|acc",
        # with words between them only if none of them says that the number counts something
        rf"(?:{_FILLER}(?=\d|[x*o]+\d)|(?:(?!{_COUNTING.pattern})[^\d\n\x00-\x02;!?]){{0,24}}+)",
        _of_length(8, 19),
    ),
    _label(
        Kind.ACCOUNT,
        r"chuyen (?:khoan|tien)(?: (?:vao|toi|den|qua|cho|ve))?|"
        r"ck(?: (?:vao|toi|den|qua|cho|ve))?|"
        r"(?:chuyen|gui|nap|dong|quyen gop|ung ho|thanh toan)(?: tien)? (?:vao|qua|den|toi|ve)|"
        rf"the atm|so the|{BANK_NAMES}",
        _FILLER,
        _of_length(8, 19),
    ),
    _label(
        Kind.CARD,
        r"visa|master ?card|the (?:tin dung|ghi no|thanh toan|napas)|(?:credit|debit) card|card(?: no\.?| number)",
        _FILLER,
        _of_length(13, 19),
    ),
    _label(
        Kind.ID_NUMBER,
        r"bhxh|bao hiem xa hoi|so so|social insurance|bang lai(?: xe)?|gplx|giay phep lai xe|driver.?s? licen[cs]e|id",
        r"[^\d\n\x00-\x02.;!?]{0,24}+",
        lambda number: len(digits(number)) in {9, 10, 12},
    ),
)
_SURE_WORDS, _LIKELY_WORDS = (
    # Flat, without groups or a look behind: the engine then skips to the letters that a label can begin with.
    re.compile("|".join(label.words.pattern for label in labels))
    for labels in (_SURE, _LIKELY)
)
_BANK = re.compile(rf"(?:{BANK_NAMES})(?![a-z0-9])")
# Perhaps with the holder between: 0123456789 - Nguyễn Văn A - Vietcombank.
_UP_TO_BANK = r" ?[,(\-]? ?(?:[a-z]{1,7}(?: [a-z]{1,7}){1,4} ?[,\-] ?)?(?:tai |tk )?$"
_BEFORE_BANK = re.compile(rf"(?<![\w.,/])(?<!\d-)(?P<number>{_NUMBER}){_UP_TO_BANK}")
_EIGHT_FIGURES = re.compile(r"(?:[\dx*][ .-]?){8}")
_FIRM = re.compile(r"(?<![a-z])(?:cty|cong ty|tnhh|cp|jsc|ltd|company|doanh nghiep|dn)(?![a-z])")


def labelled_numbers(view: View) -> Iterator[Find]:
    """Find numbers where the word before leaves no doubt."""
    yield from _after_label(view.plain, _SURE_WORDS, _SURE, sure=True)


def likely_numbers(view: View) -> Iterator[Find]:
    """Find numbers where the word beside makes it likely and nothing speaks against it."""
    yield from _after_label(view.plain, _LIKELY_WORDS, _LIKELY, sure=False)
    yield from _before_bank(view.plain)


def _after_label(plain: str, words: re.Pattern[str], labels: tuple[Label, ...], *, sure: bool) -> Iterator[Find]:
    for word in words.finditer(plain):
        if plain[word.start() - 1 : word.start()].isalpha():
            continue
        label = next(label for label in labels if label.words.fullmatch(word[0]))
        match = label.numbers.match(plain, word.end())
        if match and not (sure and label.kind is Kind.ACCOUNT and _COUNTING.search(match["gap"])):
            for number in _EACH.finditer(plain, *match.span("numbers")):
                if not label.fits(number[0]) or (label.kind is Kind.TAX_CODE and _of_firm(plain, word.start(), number)):
                    continue
                if not _impersonal(plain, *number.span(), sure=sure):
                    yield Find(*number.span(), label.kind)


def _of_firm(plain: str, label: int, number: re.Match[str]) -> bool:
    """Whether it is the tax code of a firm, which is public; those of people begin with 8."""
    return number[0][0] != "8" and bool(_FIRM.search(plain, max(0, label - 60), label))


def _before_bank(plain: str) -> Iterator[Find]:
    """Find 0123456789 Vietcombank."""
    for bank in _BANK.finditer(plain):
        near = max(0, bank.start() - 64), bank.start()
        if _EIGHT_FIGURES.search(plain, *near) and (match := _BEFORE_BANK.search(plain, *near)):
            span = match.span("number")
            if len(digits(match["number"])) >= 8 and not _impersonal(plain, *span, sure=False):
                yield Find(*span, Kind.ACCOUNT)


def _impersonal(plain: str, start: int, end: int, *, sure: bool) -> bool:
    """Whether it is an amount, a count, a date or a public hotline after all."""
    text = plain[start:end]
    if text[0] != "0" and money(plain, start, end):
        return True
    if dated(text) or sure:
        return dated(text) and len(digits(text)) == 8
    if text[0] == "0":
        return False
    return grouped(text) or round_sum(text) or hotline(text) or (len(text) < 12 and counted(plain, end))
