"""Telephone numbers that are known by their form alone, however they are broken up, spelt or half hidden."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from kiemtin.questions.masking.abroad import foreign_at, without_code
from kiemtin.questions.masking.amounts import dated, money, round_sum
from kiemtin.questions.masking.atoms import LEFT_OUT, Atom, Form
from kiemtin.questions.masking.chains import Chain, chains
from kiemtin.questions.masking.endings import last_ending
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.lottery import is_drawn
from kiemtin.questions.masking.phrases import listed
from kiemtin.questions.masking.reach import reach
from kiemtin.questions.masking.view import Find, View

_LEAST, _MOST = 10, 15  # figures
_NINE_OR_TEN = frozenset({9, 10})
_LEFT_OUT_MOST = 5
_COUNTRY = r"(?:0|(?:00)?84(?:0)?)"
_MOBILE = re.compile(rf"{_COUNTRY}(?:3[2-9x]|5[25689x]|7[06-9x]|8[1-9x]|9[\dx])[\dx]{{7}}")
_LANDLINE = re.compile(rf"{_COUNTRY}2\d{{9}}")
_LANDLINE_HEAD = re.compile(rf"{_COUNTRY}(?:2|4[36])")
_OLD = re.compile(rf"{_COUNTRY}1[2689]\d{{8}}")  # mobile numbers until 2018
_OLD_LANDLINE = re.compile(r"04[36]\d{7}")  # Hà Nội until 2017
_ENDING_ONLY = re.compile(r"x{5,8}\d{2,4}")  # of ten or eleven figures only the last are told
_PARTLY = re.compile(r"(?:0|(?:00)?840?)(?:(?:[35789]|1[2689])[\dx]{5,10}|2\d{1,2}[\dx]{7})")
_WITHOUT_ZERO = re.compile(r"(?!987654321)(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}")

# What people put between the figures of a number without a thought; other signs only where they part it evenly.
_ORDINARY = re.compile(r"[ .\-_()\[\]<>·•\"]{0,6},?")
_SHAPES = frozenset(
    tuple(map(int, shape))
    for shape in listed("""
    433, 334, 343, 46, 55, 442, 424, 244, 4222, 22222, 28, 19, 1333, 37, 29, 2333, 2234, 434, 344, 443, 38,
    1234, 3322, 2332, 2422
    """)
)
_SPELT_LEAST = 3  # figures in words that make a number of figures and words sure
_SMALL = 2  # figures of a group that may be a day or an hour
_ROW = 5  # groups that can count up

# A landline after these is a desk of a firm or a public body, never a person.
# But not of one that only says so: giả công an, tổng đài lừa đảo, công an gọi từ số …
_DESK = re.compile(
    r"(?P<false>(?<![a-z])(?:gia(?: danh| mao| lam)?|mao danh|xung(?: la| danh)?|lua dao)(?: la| ben)? )?"
    r"(?:hotline|duong day nong|tong dai|truc ban|cong an|benh vien|so y te|bo y te|ubnd|uy ban|csgt|canh sat)"
    r"(?:,? \(?(?:(?!(?:goi (?:tu|toi|em|minh|cho|bang|den)|tu|lua|gia|dung|xung|nhay|nha|em|toi|minh)(?![a-z]))"
    r"[a-z.]{1,8}|\d{1,2})){0,6}[ :.,\-(]{0,3}\Z"
)
_FAR = 64  # characters before a number that are looked at
# Words that are written together with a number.
_CALLS = frozenset(
    listed("""
    sdt, dt, tel, zalo, zl, lh, alo, goi, so, sim, phone, call, hotline, hl, viber, mobile, mob, dd, momo, nhan,
    ib, nick, tk, ck, sms, fax, imo
    """)
)
_CALLED = re.compile(r"(?<![a-z])(?:so|goi|tu|sim|may|nhan|number)(?: [a-z]{1,6}){0,2}[ :]{1,2}\Z")
# 912 345 678, thêm số 0
_ZERO_LEFT_OUT = re.compile(
    r"(?<![a-z])(?:them|thieu|quen|mat) (?:so |con )?(?:0|khong|zero)(?!\w| ?(?:d|dong|k|trieu|vnd|usd)\b)"
)
_NO_ZERO = re.compile(rf"{_WITHOUT_ZERO.pattern}|2\d{{9}}")


def phones(view: View) -> Iterator[Find]:
    """Find numbers of telephones."""
    for chain in view.chains():
        yield from _in_chain(chain)
    yield from without_code(view)
    if _ZERO_LEFT_OUT.search(view.plain):
        yield from _zero_left_out(view)


def _zero_left_out(view: View) -> Iterator[Find]:
    """Find numbers whose first zero is to be added, as words near by say."""
    for chain in view.chains():
        for first, last in chain.runs(lambda chain, at: reach(chain, at, _NINE_OR_TEN)):
            start, end = chain.atoms[first].start, chain.atoms[last].end
            figures = chain.figures(first, last)
            is_number = _NO_ZERO.fullmatch(figures) and not round_sum(figures) and not money(chain, start, end)
            if is_number and _ZERO_LEFT_OUT.search(view.plain, max(0, start - _FAR), end + _FAR):
                yield Find(start, end, Kind.PHONE)


def phone_at(chain: Chain, first: int, *, previous: int = -1) -> int | None:
    """Return the last group of the number that begins with a group, and of the endings of others: 0912345678/79.

    Parameters
    ----------
    previous
        The last group of the number before, in the same chain.
    """
    last = _number_at(chain, first, previous)
    return None if last is None else last_ending(chain, first, last)


def _number_at(chain: Chain, first: int, previous: int = -1) -> int | None:
    """Return the last group of one number."""
    begin, plus = chain.atoms[first].figures[:2], _has_plus(chain, first)
    found = _whole(chain, first, previous) if plus or begin[:1] in {"0", "8"} else None
    if found is None and chain.hides:
        found = _half(chain, first, previous)
    if found is None and (plus or begin == "00"):
        found = foreign_at(chain, first, plus=plus)
    return found


def figures_of(plain: str) -> str:
    """Return the figures of a number that was found, with a plus before it; `LEFT_OUT` for each that is not told."""
    found = chains(plain, plain)
    if not found:
        return ""
    whole = next((chain for chain in found if phone_at(chain, 0) == len(chain.atoms) - 1), found[0])
    last = _number_at(whole, 0)
    atoms = whole.atoms if last is None else whole.atoms[: last + 1]
    told = "".join(atom.figures for atom in atoms if atom.form is not Form.GAP)
    figures = told if is_mobile(told) else "".join(atom.figures for atom in atoms)
    return f"+{figures}" if plain.lstrip(" (").startswith("+") else figures


def is_mobile(figures: str) -> bool:
    """Whether figures are a mobile number of Viet Nam."""
    return bool(_MOBILE.fullmatch(figures))


def is_desk(plain: str, start: int, figures: str) -> bool:
    """Whether a number is a landline that is called the desk of a firm or a public body."""
    desk = _DESK.search(plain[max(0, start - _FAR) : start]) if _LANDLINE_HEAD.match(figures) else None
    return desk is not None and not desk["false"]


def _in_chain(chain: Chain) -> Iterator[Find]:
    first, previous = 0, -1
    while first < len(chain.atoms):
        last = phone_at(chain, first, previous=previous)
        if last is None:
            first += 1
            continue
        yield Find(_begin(chain, first), chain.atoms[last].end, Kind.PHONE)
        first, previous = last + 1, last
    yield from _without_zero(chain)


def _without_zero(chain: Chain) -> Iterator[Find]:
    """Find a line of nothing but words that say a number without its first zero."""
    line: list[Atom] = []
    for at, atom in enumerate(chain.atoms):
        if "\n" in chain.between(at):
            yield from _if_without_zero(line)
            line = []
        line.append(atom)
    yield from _if_without_zero(line)


def _if_without_zero(line: Sequence[Atom]) -> Iterator[Find]:
    is_said = len(line) > _SPELT_LEAST and all(atom.form is Form.WORDS for atom in line)
    if is_said and _WITHOUT_ZERO.fullmatch("".join(atom.figures for atom in line)):
        yield Find(line[0].start, line[-1].end, Kind.PHONE)


def _has_plus(chain: Chain, first: int) -> bool:
    start = chain.atoms[first].start
    return chain.plain[max(0, start - 2) : start].rstrip().endswith("+")


_SIGNS_BEFORE = re.compile(r"(?:(?<![a-z])(?:cong|plus) |\+ ?|\( ?\+? ?)\Z")


def _begin(chain: Chain, first: int) -> int:
    """Where the number begins, with the plus or the bracket before it."""
    start = chain.atoms[first].start
    signs = _SIGNS_BEFORE.search(chain.plain[max(0, start - 6) : start])
    return start - len(signs[0]) if signs else start


def _whole(chain: Chain, first: int, previous: int) -> int | None:
    """Find a number of which nothing is missing, but for single figures."""
    figures = ""
    for last in range(first, len(chain.atoms)):
        atom = chain.atoms[last]
        if atom.form is Form.GAP:
            continue
        figures += atom.figures
        if len(figures) > _MOST:
            break
        if len(figures) < _LEAST or not _is_number(chain, first, last, figures):
            continue
        if _stands_alone(chain, first, last, previous):
            return last
    return None


def _is_number(chain: Chain, first: int, last: int, figures: str) -> bool:
    if figures.count(LEFT_OUT) > _LEFT_OUT_MOST:
        return False
    # Twelve figures without a sign that begin like the country are more often something else.
    is_old = (_OLD.fullmatch(figures) and (first != last or figures.startswith("0"))) or (
        first != last and _OLD_LANDLINE.fullmatch(figures)
    )
    if not (is_old or _MOBILE.fullmatch(figures) or _LANDLINE.fullmatch(figures)):
        return False
    return _is_even(chain, first, last) and _is_spelt_enough(chain, first, last)


def _is_even(chain: Chain, first: int, last: int) -> bool:
    """Whether the signs between the groups are those of one number."""
    atoms = [atom for atom in chain.atoms[first : last + 1] if atom.form is not Form.GAP]
    between = [chain.plain[one.end : other.start] for one, other in itertools.pairwise(atoms)]
    if any(atom.form is Form.WORDS for atom in atoms):
        is_lines = all("\n" in sign for sign in between)
        # All that is said may hold pauses: không chín một hai... sáu bảy tám
        is_whole = last - first + 1 == len(chain.atoms) and all(atom.form is Form.WORDS for atom in atoms)
        is_close = is_whole or len(atoms) == last - first + 1
        is_row = is_close and not any("\n" in sign or "+" in sign for sign in between)
        return is_lines or (is_row and not _ends_between(chain, atoms))
    odd = [sign for sign in between if not _ORDINARY.fullmatch(sign)]
    if not odd:
        return not counts_up(atoms)
    lengths = chain.lengths(first, last)
    if len(odd) == 1 and "\n" in odd[0] and not odd[0].strip(" \n.-"):
        return lengths in _SHAPES
    if len(set(between)) > 1:
        return lengths in _SHAPES and lengths[0] > _SMALL
    return lengths in _SHAPES or set(lengths) == {1}


def _ends_between(chain: Chain, atoms: Sequence[Atom]) -> bool:
    """Whether a sentence ends between figures and words for figures."""
    return any(
        one.form is not other.form and ". " in chain.plain[one.end : other.start]
        for one, other in itertools.pairwise(atoms)
    )


def counts_up(atoms: Sequence[Atom]) -> bool:
    """Whether the groups are numbers that grow by the same: 0 3 6 9 12 15."""
    if len(atoms) < _ROW or any(LEFT_OUT in atom.figures for atom in atoms):
        return False
    values = [int(atom.figures) for atom in atoms]
    steps = {other - one for one, other in itertools.pairwise(values)}
    return len(steps) == 1 and steps.pop() > 0 and len({len(atom.figures) for atom in atoms}) > 1


def _is_spelt_enough(chain: Chain, first: int, last: int) -> bool:
    """Whether words among the figures are figures: all of a row, several, or one that is written together with them."""
    atoms = chain.atoms[first : last + 1]
    words = [atom for atom in atoms if atom.form is Form.WORDS]
    if not words or len(atoms) == len(chain.atoms):
        return True
    is_glued = any(
        one.end == other.start and Form.WORDS in {one.form, other.form} for one, other in itertools.pairwise(atoms)
    )
    return is_glued or sum(len(atom.figures) for atom in words) >= _SPELT_LEAST


def _half(chain: Chain, first: int, previous: int) -> int | None:
    """Find a number of which several figures are left out: 0988xxx123, 098…123, 0906000***."""
    best, figures = None, ""
    if chain.atoms[first].form is Form.LEFT_OUT:
        return _ending_only(chain, first)
    if chain.atoms[first].form not in {Form.FIGURES, Form.LETTERS}:
        return None
    for last in range(first, len(chain.atoms)):
        atom = chain.atoms[last]
        if atom.form is Form.WORDS or (last > first and not _ORDINARY.fullmatch(chain.between(last))):
            break
        figures += atom.figures
        if len(figures) > _MOST:
            break
        if _PARTLY.fullmatch(figures) and _hides(chain, first, last, figures):
            best = last if _stands_alone(chain, first, last, previous) else best
            if len(figures) == _LEAST:
                break
    return best


def _ending_only(chain: Chain, first: int) -> int | None:
    """Find a number of which only the last figures are told, where it is called one: số ******0318."""
    start, last = chain.atoms[first].start, first + 1
    if last == len(chain.atoms) or chain.between(last) or chain.atoms[last].form is not Form.FIGURES:
        return None
    figures, end = chain.figures(first, last), chain.atoms[last].end
    is_number = len(figures) in range(_LEAST, _LEAST + 2) and _ENDING_ONLY.fullmatch(figures)
    is_called = _CALLED.search(chain.plain[max(0, start - _FAR) : start])
    return last if is_number and is_called and not chain.plain[end : end + 1].isalnum() else None


_TOLD_LEAST, _TOLD_BEFORE_SIGNS, _HEAD = 4, 6, 3  # figures that are told: in all, before signs at the end, at first


def _hides(chain: Chain, first: int, last: int, figures: str) -> bool:
    """Whether what is told, and what is not, is enough of a number."""
    told = len(figures) - figures.count(LEFT_OUT)
    is_whole = len(figures) in range(_LEAST, _LEAST + 4)
    is_headed = chain.atoms[first].form is Form.FIGURES and len(chain.atoms[first].figures) >= _HEAD
    if LEFT_OUT * 2 not in figures or told < _TOLD_LEAST or not (is_headed or is_whole):
        return False
    if chain.atoms[last].form is Form.GAP:
        return False
    return not figures.endswith(LEFT_OUT) or told >= _TOLD_BEFORE_SIGNS or is_whole


_DECIMAL = re.compile(r"0[.,]\d{9,}")
_CUT = re.compile(r"[ .,\-]")
_INSIDE = re.compile(r"\d[.,]\Z|(?<!\d)\d{1,3}/\Z|(?<!\d)\d{1,2}-\Z")


def _stands_alone(chain: Chain, first: int, last: int, previous: int) -> bool:
    """Whether it is not the middle of a date, an amount, a decimal, a code, and no row of numbers that are drawn."""
    start, end = chain.atoms[first].start, chain.atoms[last].end
    written, figures = chain.written(first, last), chain.figures(first, last)
    if is_desk(chain.plain, start, figures) or dated(written) or _DECIMAL.fullmatch(written):
        return False
    if not figures.startswith("0") and money(chain, start, end):
        return False
    if _in_word(chain, first, last) or _in_row(chain, first, last, previous):
        return False
    if not _CUT.search(written) or first == previous + 1 > 0:
        return True
    return not _INSIDE.search(chain.plain[max(0, start - 8) : start])


_LETTERS_BEFORE = re.compile(r"[a-z]+\Z")
_LETTERS_AFTER = re.compile(r"[a-z]+")


def _in_word(chain: Chain, first: int, last: int) -> bool:
    """Whether letters beside it make it a code, and not only a word that is written together with it."""
    start, end = chain.atoms[first].start, chain.atoms[last].end
    following = chain.atoms[last + 1] if last + 1 < len(chain.atoms) else None
    if following and following.start == end and following.form is Form.FIGURES:
        return True
    before = _LETTERS_BEFORE.search(chain.plain[max(0, start - 12) : start])
    after = _LETTERS_AFTER.match(chain.plain, end)
    if after and after[0] not in _CALLS and chain.plain[after.end() : after.end() + 1].isdigit():
        return True
    if before is None or before[0] in _CALLS:
        return False
    return after is not None or chain.source[start - len(before[0]) : start].isupper()


def _in_row(chain: Chain, first: int, last: int, previous: int) -> bool:
    """Whether it is cut out of a longer row of numbers of one or two figures, or of a lottery."""
    lengths = {len(atom.figures) for atom in chain.atoms[first : last + 1]}
    if len(lengths) > 1 or max(lengths) > 2 or first == last or chain.atoms[first].form is Form.WORDS:
        return False
    start = chain.atoms[first].start
    if max(lengths) == 2 and is_drawn(chain, start):
        return True
    sign = chain.between(first + 1)
    for beside, at in ((first - 1, first), (last + 1, last + 1)):
        if 0 <= beside < len(chain.atoms) and beside != previous:
            atom = chain.atoms[beside]
            if atom.form is Form.FIGURES and {len(atom.figures)} == lengths and chain.between(at) == sign:
                return True
    return False
