"""Numbers that tell by their form whose they are: the citizen's, and that of a health insurance card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.atoms import Form
from kiemtin.questions.masking.chains import Chain
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.lottery import is_drawn
from kiemtin.questions.masking.view import Find, View

_LAST_PROVINCE = 96
_LENGTH = 12
# A province, the century with the sex, the year of birth, a number; figures in the middle may be left out.
_CITIZEN = re.compile(r"(?P<province>0\d\d)[0-3](?=(?:x*\d){3})[\dx]{7}\d")
_BETWEEN = re.compile(r"[ .\-_]{0,3}")
_INSIDE_BEFORE = re.compile(r"\w\Z|\d[.,/\-]\Z")
_INSIDE_AFTER = re.compile(r"\w|[.,-]\d")
_LEAST_GROUP, _LONGEST_GROUP = 3, 6  # figures
# Decision 1351/QĐ-BHXH of 2015: whom it insures, how much, a province, and the number of social insurance.
_INSURED = r"b[atv]|c[abchknstyx]|d[knqt]|g[bd]|h[cdgnstx]|kc|ls|ms|n[no]|pv|qn|sv|t[acehknqsy]|x[bdkn]"
_HEALTH_CARD = re.compile(
    rf"(?<![a-z0-9])(?:{_INSURED})(?P<gap>[ .-]?)[1-5](?P=gap)\d\d(?P=gap)"
    r"(?:\d{10}|\d\d(?P=gap)\d{3}(?P=gap)\d{5})"
    r"(?![a-z0-9]|[.,-]\d)"
    rf"|(?<![a-z0-9])(?![ct]k )(?:{_INSURED}) ?[1-5](?: ?\d){{12}}(?![a-z0-9]|[ .,-]\d)"
)
# Driving licences before 2013 were two letters and six figures.
_OLD_LICENCE = re.compile(
    r"(?<![a-z])(?:gplx|giay phep lai(?: xe)?|bang lai(?: xe)?)(?![a-z])"
    r"(?:[^\d\n\x00-\x02;!?]|(?<= [a-e])[12](?!\w)){0,20}?"
    r"(?<![a-z0-9])(?P<number>(?!xe)[a-z]{2}[ .\-]?\d{6})(?![a-z0-9]|[ .,-]\d)"
)
# The lines for machines on the back of the citizen card.
_MACHINE_READ = re.compile(r"(?<![a-z0-9])idvnm(?P<number>\d{10,22})(?!\d)")


def citizens(view: View) -> Iterator[Find]:
    """Find numbers of the citizen card (CCCD) by their form alone."""
    for chain in view.chains():
        for first, last in chain.runs(_citizen_at):
            yield Find(chain.atoms[first].start, chain.atoms[last].end, Kind.ID_NUMBER)


def health_cards(view: View) -> Iterator[Find]:
    """Find numbers of health insurance cards (BHYT) by their form alone, and old ones of driving licences."""
    for pattern in (_OLD_LICENCE, _MACHINE_READ):
        for match in pattern.finditer(view.plain):
            if pattern is _MACHINE_READ or view.source[match.start("number") : match.start("number") + 2].isupper():
                yield Find(*match.span("number"), Kind.ID_NUMBER)
    yield from (Find(*match.span(), Kind.ID_NUMBER) for match in _HEALTH_CARD.finditer(view.plain))


def _citizen_at(chain: Chain, first: int) -> int | None:
    """Return the last group of the citizen's number that begins with a group."""
    start = chain.atoms[first].start
    if not chain.atoms[first].figures.startswith("0"):
        return None
    if _INSIDE_BEFORE.search(chain.plain[max(0, start - 2) : start]):
        return None
    figures, between = "", ""
    for last in range(first, len(chain.atoms)):
        sign = chain.between(last) if last > first else ""
        if chain.atoms[last].form is Form.GAP or not _BETWEEN.fullmatch(sign) or (sign and sign != (between or sign)):
            return None
        between = between or sign
        figures += chain.atoms[last].figures
        if len(figures) >= _LENGTH:
            return last if _is_citizen(chain, first, last, figures) else None
    return None


def _is_citizen(chain: Chain, first: int, last: int, figures: str) -> bool:
    match = _CITIZEN.fullmatch(figures)
    if not match or not _is_cut_well(chain.lengths(first, last)):
        return False
    if _INSIDE_AFTER.match(chain.plain[chain.atoms[last].end : chain.atoms[last].end + 2]):
        return False
    is_drawn_in_parts = first < last and is_drawn(chain, chain.atoms[first].start)
    return 1 <= int(match["province"]) <= _LAST_PROVINCE and not is_drawn_in_parts


def _is_cut_well(lengths: tuple[int, ...]) -> bool:
    """Whether groups of these lengths are one number, and not a row of small ones; the last may be shorter."""
    if len(lengths) == 1 or set(lengths) == {1}:
        return True
    return lengths[0] <= _LONGEST_GROUP and min(lengths[:-1]) >= _LEAST_GROUP and lengths[-1] > 1
