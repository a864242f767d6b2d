"""Numbers of citizens: twelve figures that begin with a province, a century and a year of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

_LAST_PROVINCE = 96
_CITIZEN = re.compile(
    r"(?P<province>0(?<![\w.,/-].)\d\d)(?:[0-3]\d{8}|(?P<gap>[ .-])[0-3]\d\d(?P=gap)(?:\d{6}|\d{3}(?P=gap)\d{3})|"
    r"[0-3](?P<dash>[ .-])\d{4}(?P=dash)\d{4})(?!\w|[.,-]\d)"
)


def citizens(view: View) -> Iterator[Find]:
    """Find numbers of the citizen card (CCCD) by their form alone."""
    for match in _CITIZEN.finditer(view.plain):
        if 1 <= int(match["province"]) <= _LAST_PROVINCE:
            yield Find(*match.span(), Kind.ID_NUMBER)
