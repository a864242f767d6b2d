"""How far a number reaches that is broken up: up to where the next number, an amount or a text begins."""

from __future__ import annotations

import re
from collections.abc import Container

from kiemtin.questions.masking.amounts import counted, money, round_sum, year
from kiemtin.questions.masking.atoms import LEFT_OUT, Form
from kiemtin.questions.masking.chains import Chain
from kiemtin.questions.masking.spoken import MULTIPLES

_MOST = 26  # groups, and figures, of one number
_WHOLE = 8  # figures that nobody breaks off after: what follows is another number
_LONGEST_PART = 8
_TAIL = range(3, 7)  # figures that are written apart from the eight or more before them: 0441000731 285
_REST = 9  # figures that are written apart from the branch before them: 1500 205837461
_BRANCH = range(3, 5)
_CITIZENS, _CITIZENS_TAIL = 12, range(2, 4)
_MOST_OF_TAIL = 16  # figures of a number with a tail
# As Vietcombank, Techcombank and Agribank give them; they can begin like the number of a mobile.
_OF_A_BANK = re.compile(r"0\d\d1000\d{6}|190\d{11}|\d{4}2[0-2]\d{7}")
_MOBILE = re.compile(r"0[35789]\d{8}")
_APART = re.compile(r"[ .\-]|\n")
_ROW = 6  # figures one by one, after which one more is none that counts: 1 2 3 4 5 6 7 Nam Á
_LEAST_TOLD = 3  # figures of a number of which the others are left out
_HIDDEN = range(4, 20)
_FIGURES = {Form.FIGURES, Form.LETTERS}
_SIGNS = {Form.LEFT_OUT, Form.GAP}
_LETTERS = frozenset("oil0123456789")
_SERVICE = re.compile(r"\*\d{2,4}[*#]")  # typed to ask an operator something: *101#
_GROUPED_NEXT = re.compile(r"[.,]\d{3}(?!\d)|[/:]\d")
_NEXT = re.compile(r"[.,:/\-]\d|[*#]")
_CUT = re.compile(r"[ .,\-_/|\\()\[\]<>=~•·';:\n]*")
_PLAIN = re.compile(r"[ .\-_()\[\]]*")
_PARTS = re.compile(r"[,;|/]|^\. ")  # with a space beside them they part numbers
_WORD = re.compile(r"[a-z]{2,}")


def reach(chain: Chain, first: int, lengths: Container[int], *, is_sure: bool = False) -> int | None:
    """Return the last group of the number that begins with a group; None if it has none of the lengths.

    Parameters
    ----------
    lengths
        How many figures it may have. One of which some are left out may have any.
    is_sure
        Whether a word says that it is one: then it may be parted by any sign, and go on in the next line.
    """
    if chain.atoms[first].form is Form.WORDS:
        return _spoken(chain, first, lengths)
    best, figures, sign = None, "", ""
    goes_on = False
    for last in range(first, min(first + _MOST, len(chain.atoms))):
        is_apart = last == first + 1 and _is_apart(chain, first, lengths)
        if not (
            is_apart or _belongs(chain, first, last, figures) or (is_sure and _is_said(chain, first, last, figures))
        ):
            break
        if last > first and not (is_sure or is_apart) and not _PLAIN.fullmatch(chain.between(last)):
            break
        if last > first + 1 and not _is_same(sign, chain.between(last)) and not _one_by_one(chain, first, last):
            break
        sign = chain.between(last) if last > first else ""
        figures += chain.atoms[last].figures
        if len(figures) > _MOST:
            break
        if _ends(chain, last):
            goes_on = not _fits(chain, first, last, figures, lengths)
            best = best if goes_on else last
    # A part of a longer number is none.
    return None if goes_on else best


def _belongs(chain: Chain, first: int, last: int, figures: str) -> bool:
    """Whether a group goes on with the number that has these figures so far."""
    atom, between = chain.atoms[last], chain.between(last)
    if atom.form is Form.LETTERS and not _LETTERS.issuperset(chain.written(last, last)):
        return False
    if atom.form is Form.WORDS and last > first:
        return chain.written(last, last).partition(" ")[0] in MULTIPLES  # 1 double 0 2
    if last == first:
        return atom.form in _FIGURES | _SIGNS
    if atom.form in _SIGNS:
        return len(between) <= 1
    if atom.form not in _FIGURES or not _CUT.fullmatch(between) or (" " in between and _PARTS.search(between)):
        return False
    is_glued = not between or chain.atoms[last - 1].form in _SIGNS
    return is_glued or (_is_beside(chain, first, last) and _is_long_enough(chain, first, last, figures))


def _is_apart(chain: Chain, first: int, lengths: Container[int]) -> bool:
    """Whether the second group is the rest of a number that is cut unevenly, and nothing goes on after it."""
    head, tail = chain.atoms[first], chain.atoms[first + 1]
    between, figures = chain.between(first + 1), head.figures + tail.figures
    if head.form is not Form.FIGURES or tail.form is not Form.FIGURES or not _APART.fullmatch(between):
        return False
    if len(figures) not in lengths or not _is_last(chain, first + 1):
        return False
    if _OF_A_BANK.fullmatch(figures):
        return True
    return between != "\n" and _is_tail(head.figures, tail.figures, lengths)


def _is_tail(head: str, tail: str, lengths: Container[int]) -> bool:
    """Whether figures go on with those before them, and are no number of their own."""
    figures = head + tail
    if len(head) in _BRANCH:
        return len(tail) == _REST
    if len(head) < _WHOLE or round_sum(head) or len(figures) > _MOST_OF_TAIL:
        return False
    if _CITIZENS in lengths and _CITIZENS + 2 not in lengths:
        return head[0] == "0" and len(figures) == _CITIZENS and len(tail) in _CITIZENS_TAIL
    is_number = year(tail) or tail.endswith("00") or _MOBILE.fullmatch(head)
    return len(tail) in _TAIL and not is_number


def _is_last(chain: Chain, last: int) -> bool:
    """Whether no unit, and no further group, stands after a group."""
    atom = chain.atoms[last]
    if money(chain, atom.start, atom.end) or counted(chain, atom.start, atom.end):
        return False
    if _NEXT.match(chain.plain, atom.end) or chain.plain[atom.end : atom.end + 1].isalpha():
        return False
    return last + 1 == len(chain.atoms) or len(chain.between(last + 1).strip(" ")) > 0


def _is_said(chain: Chain, first: int, last: int, figures: str) -> bool:
    """Whether words go on with a number that figures began, two at least: 1 9 0 3 hai ba 4 5."""
    if last == first or chain.atoms[last].form not in {Form.WORDS, Form.FIGURES} or chain.between(last) != " ":
        return False
    said = [at for at in range(first, last + 1) if chain.atoms[at].form is Form.WORDS]
    if chain.atoms[last].form is Form.FIGURES:
        return len(said) > 1 and len(chain.atoms[last].figures) == 1
    beside = [at for at in (last - 1, last + 1) if at < len(chain.atoms) and chain.atoms[at].form is Form.WORDS]
    return bool(beside) and (len(figures) < _WHOLE or bool(said[:-1]))


def _is_beside(chain: Chain, first: int, last: int) -> bool:
    """Whether a group after a sign is a part of a number by itself, and not an amount, a count or a word."""
    atom = chain.atoms[last]
    if atom.form is Form.LETTERS and len(atom.figures) == 1 and not _one_by_one(chain, first, last):
        return False  # ở
    if " " not in chain.between(last):
        return True
    if money(chain, atom.start, atom.end) or _GROUPED_NEXT.match(chain.plain, atom.end):
        return False
    is_row = last - first >= _ROW and _one_by_one(chain, first, last)
    return is_row or len(atom.figures) > 1 or not counted(chain, atom.start, atom.end)


def _is_long_enough(chain: Chain, first: int, last: int, figures: str) -> bool:
    """Whether the groups are of a length at which numbers are broken off."""
    length, between = len(chain.atoms[last].figures), chain.between(last)
    if "\n" in between:
        return length >= _LEAST_TOLD and (len(figures) <= _WHOLE or _is_column(chain, first, last))
    if len(figures) >= _WHOLE and last == first + 1:
        return between.strip() == "-" and length == _LEAST_TOLD  # 8012345678-001
    return length <= _LONGEST_PART


def _is_column(chain: Chain, first: int, last: int) -> bool:
    """Whether short groups of one length stand below each other, as a narrow picture is read."""
    is_below = all("\n" in chain.between(at) for at in range(first + 1, last + 1))
    return is_below and {len(atom.figures) for atom in chain.atoms[first : last + 1]} <= {_LEAST_TOLD}


def _is_same(one: str, other: str) -> bool:
    """Whether two signs can both stand in one number: with spaces around them only those that are alike."""
    if ("\n" in one) != ("\n" in other):
        return False
    one, other = (sign.strip("()[]<>") for sign in (one, other))
    spaced = [" " in sign and bool(sign.strip()) for sign in (one, other)]
    return not any(spaced) or (all(spaced) and one.strip() == other.strip())


def _one_by_one(chain: Chain, first: int, last: int) -> bool:
    """Whether figure after figure is written; then any sign can stand between: 0 0 1 - 2 0 3."""
    return all(len(atom.figures) == 1 for atom in chain.atoms[first : last + 1])


def _ends(chain: Chain, last: int) -> bool:
    """Whether the number can end with a group: nothing of it follows at once, and no unit."""
    atom = chain.atoms[last]
    if atom.form is Form.GAP or (_is_glued(chain, last + 1) and not _is_after_all(chain, last + 1)):
        return False
    word = _WORD.match(chain.plain, atom.end)
    return not chain.plain[atom.end : atom.end + 1].isalpha() or bool(word and not money(chain, atom.start, atom.end))


def _is_glued(chain: Chain, at: int) -> bool:
    """Whether a group stands right after the one before it."""
    return at < len(chain.atoms) and chain.atoms[at].start == chain.atoms[at - 1].end


def _is_after_all(chain: Chain, at: int) -> bool:
    """Whether signs stand after a number and hide nothing of it: 0123456789... please, *0123456789*."""
    return chain.atoms[at].form is Form.GAP and not _is_glued(chain, at + 1)


def _fits(chain: Chain, first: int, last: int, figures: str, lengths: Container[int]) -> bool:
    if LEFT_OUT not in figures:
        return len(figures) in lengths
    told = len(figures) - figures.count(LEFT_OUT)
    service = _SERVICE.match(chain.plain, chain.atoms[first].start)
    return told >= _LEAST_TOLD and len(figures) in _HIDDEN and not service


def _spoken(chain: Chain, first: int, lengths: Container[int]) -> int | None:
    best, length = None, 0
    for last in range(first, min(first + _MOST, len(chain.atoms))):
        if chain.atoms[last].form is not Form.WORDS:
            break
        length += len(chain.atoms[last].figures)
        if length in lengths:
            best = last
    return best
