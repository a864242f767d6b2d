"""Long numbers that no word explains, in a message that speaks of paying: they are accounts more often than not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.amounts import counted, dated, grouped, money, prices, public, round_sum
from kiemtin.questions.masking.banks import BANK
from kiemtin.questions.masking.chains import Chain
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.labels import SPEAKER
from kiemtin.questions.masking.lottery import is_drawn
from kiemtin.questions.masking.names import is_family
from kiemtin.questions.masking.reach import reach
from kiemtin.questions.masking.view import Find, View

_PAYING = re.compile(
    rf"(?<![a-z])(?:s?tk|(?:so )?tai khoan|ctk|thu huong|nguoi (?:nhan|huong)|chuyen khoan|chuyen tien|"
    rf"chuyen (?:vao|den|toi|qua|sang)|(?:cu|bao|keu) chuyen|dat coc|ung ho|donate|ck|qr|account|transfer|"
    rf"{BANK})(?![a-z])"
)
_INSIDE_BEFORE = re.compile(r"[\w.,/\-](?=\d)")
_INSIDE_AFTER = re.compile(r"[\w/\-:]")
_PUBLIC_OR_YEAR = re.compile(r"1[89]00\d{0,6}\Z|(?:19|20)\d\d\Z")
_STAMP = re.compile(r"20[0-4]\d[01]\d[0-3]\d[0-2]\d[0-5]\d(?:[0-5]\d)?")  # a day with its time
_COUNTING = "01234567890123456789"
_TICKET = 6  # figures of a lottery's number
_LONG = 12  # figures; accounts of several banks hold what looks like a year: 1903 4567 8901 23
_NAME = r"(?<![A-Za-z])(?P<family>[A-Z]{2,6})(?: [A-Z]{1,7}){1,4}"
_NAME_BEFORE = re.compile(rf"{_NAME}[ \-–:|/,(]{{1,4}}\Z")
_NAME_AFTER = re.compile(rf"[ \-–:|/,(]{{1,4}}{_NAME}(?!\w)")
_LINE_BEGINS = re.compile(rf"(?:\n|\A){SPEAKER}? ?\Z")
_LINE_ENDS = re.compile(r" ?(?:\n|\Z)")
_NEAR = 40  # characters beside a number
_LEAST_GROUP = 3  # figures
_SHORT = range(8, 10)
_LENGTHS = frozenset(range(10, 17))


def stray_numbers(view: View) -> Iterator[Find]:
    """Find numbers of ten to sixteen figures where the message speaks of paying, or beside the name of a holder."""
    speaks_of_paying = _PAYING.search(view.plain) is not None
    for chain in view.chains():
        for first, last in chain.runs(_number_at):
            if speaks_of_paying or _has_holder(chain, first, last):
                yield Find(chain.atoms[first].start, chain.atoms[last].end, Kind.ACCOUNT)


def _number_at(chain: Chain, first: int) -> int | None:
    """Return the last group of the number that begins with a group."""
    last = reach(chain, first, _LENGTHS)
    if last is None or chain.hides:
        return None
    start, end = chain.atoms[first].start, chain.atoms[last].end
    is_inside = (start and _INSIDE_BEFORE.match(chain.plain, start - 1)) or _INSIDE_AFTER.match(chain.plain, end)
    is_even = _is_even(chain, first, last) or _is_line(chain, first, last)
    return None if is_inside or not is_even or _is_other(chain, first, last) else last


def _has_holder(chain: Chain, first: int, last: int) -> bool:
    """Whether a name stands beside it as banks write it, in capitals without tones."""
    start, end = chain.atoms[first].start, chain.atoms[last].end
    begin = max(0, start - _NEAR)
    names = (
        _NAME_BEFORE.search(chain.source[begin:start]),
        _NAME_AFTER.match(chain.source[end : end + _NEAR]),
    )
    return any(name is not None and is_family(name["family"]) for name in names)


def _is_even(chain: Chain, first: int, last: int) -> bool:
    """Whether it is cut into groups of one length, but for the last."""
    *lengths, _ = chain.lengths(first, last)
    signs = {chain.between(at) for at in range(first + 1, last + 1)} - {""}
    is_cut = len(set(lengths)) <= 1 and (
        all(length >= _LEAST_GROUP for length in lengths) or set(chain.lengths(first, last)) == {1}
    )
    if len(lengths) == 1 and lengths[0] in _SHORT and lengths[0] > chain.lengths(first, last)[-1]:
        return False  # eight or nine figures, and others, are two numbers where no word says what they are
    return is_cut and signs <= {" ", ".", "-"} and len(signs) <= 1


def _is_line(chain: Chain, first: int, last: int) -> bool:
    """Whether it is all that somebody says in a line."""
    start, end = chain.atoms[first].start, chain.atoms[last].end
    signs = {chain.between(at) for at in range(first + 1, last + 1)} - {""}
    is_begin = _LINE_BEGINS.search(chain.plain[max(0, start - _NEAR) : start])
    *lengths, _ = chain.lengths(first, last)
    is_cut = len(signs) <= 1 and all(length >= _LEAST_GROUP for length in lengths)
    return is_cut and bool(is_begin and _LINE_ENDS.match(chain.plain, end))


def _is_other(chain: Chain, first: int, last: int) -> bool:
    """Whether it is an amount, a count, a date or a public number."""
    start, end = chain.atoms[first].start, chain.atoms[last].end
    written, figures = chain.written(first, last), chain.figures(first, last)
    if money(chain, start, end) or counted(chain, start, end):
        return True
    parts = chain.atoms[first : last + 1] if len(figures) < _LONG else ()
    is_ticket = max(chain.lengths(first, last)) <= _TICKET and is_drawn(chain, start)
    if is_ticket or any(_PUBLIC_OR_YEAR.match(atom.figures) for atom in parts):
        return True
    if figures in _COUNTING:
        return True
    is_date = dated(written) or _STAMP.fullmatch(figures)
    return bool(is_date or grouped(written) or prices(written) or round_sum(figures) or public(figures))
