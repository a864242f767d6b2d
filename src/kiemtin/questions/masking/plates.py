"""Number plates of Vietnamese vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View, scan

_LABEL = re.compile(
    r"(?:bien(?: kiem soat| so(?: xe)?)?|bks|bsx|bs|so xe|xe(?: may| o to| hoi)?|plate(?: no\.?)?)[ :.]{0,3}$"
)
_PLATE = re.compile(
    r"[1-9](?<![\w.,/-].)\d(?P<gap>[ -]?)(?P<letters>[a-z]{1,2})(?P<series>\d?)(?P<cut>[ .-]{0,3})"
    r"(?P<number>\d{3}[.]?\d{2}|\d{4})(?![\w/]|[.,-]\d)"
)
_SCALES = frozenset("kmtg")  # 50K 12345: thousands, not a plate


def plates(view: View) -> Iterator[Find]:
    """Find 30A-123.45, 29-B1 12345; with only four digits or in small letters where a word says that it is one."""

    def sure(match: re.Match[str]) -> bool:
        if _LABEL.search(view.plain[max(0, match.start() - 24) : match.start()]):
            return True
        if len(match["number"]) == 4 or not match["cut"]:
            return False
        if match["letters"] in _SCALES and "-" not in match["cut"] + match["gap"]:
            return False
        return view.source[match.start("letters")].isupper() or "." in match["number"]

    for match in scan(_PLATE, view.plain, sure):
        yield Find(*match.span(), Kind.PLATE)
