"""Numbers that tell by their form whose they are: the citizen's, and that of a health insurance card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

_LAST_PROVINCE = 96
_CITIZEN = re.compile(
    r"(?P<province>0(?<![\w.,/-].)\d\d)(?:[0-3]\d{8}|"
    r"(?P<gap>[ .-])[0-3]\d\d(?P=gap)(?:\d{6}|\d{3}(?P=gap)\d{3})(?!(?P=gap)\d)|"
    r"[0-3](?P<dash>[ .-])\d{4}(?P=dash)\d{4}(?!(?P=dash)\d))(?!\w|[.,-]\d)"
)
# Decision 1351/QĐ-BHXH of 2015: whom it insures, how much, a province, and the number of social insurance.
_INSURED = r"b[atv]|c[abchknstyx]|d[knqt]|g[bd]|h[cdgnstx]|kc|ls|ms|n[no]|pv|qn|sv|t[acehknqsy]|x[bdkn]"
_HEALTH_CARD = re.compile(
    rf"(?<![a-z0-9])(?:{_INSURED})(?P<gap>[ .-]?)[1-5](?P=gap)\d\d(?P=gap)"
    r"(?:\d{10}|\d\d(?P=gap)\d{3}(?P=gap)\d{5})"
    r"(?![a-z0-9]|[.,-]\d)"
    rf"|(?<![a-z0-9])(?:{_INSURED}) ?[1-5](?: ?\d){{12}}(?![a-z0-9]|[ .,-]\d)"
)


def citizens(view: View) -> Iterator[Find]:
    """Find numbers of the citizen card (CCCD) by their form alone."""
    for match in _CITIZEN.finditer(view.plain):
        if 1 <= int(match["province"]) <= _LAST_PROVINCE:
            yield Find(*match.span(), Kind.ID_NUMBER)


def health_cards(view: View) -> Iterator[Find]:
    """Find numbers of health insurance cards (BHYT) by their form alone."""
    yield from (Find(*match.span(), Kind.ID_NUMBER) for match in _HEALTH_CARD.finditer(view.plain))
