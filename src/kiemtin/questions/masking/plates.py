"""Number plates of Vietnamese vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View, scan

_LABEL = re.compile(
    r"(?:bien(?: kiem soat| so(?: xe)?)?|bks|bsx|bs|so xe|xe(?: may| o to| hoi)?|o ?to|plate(?: no\.?)?)[ :.]{0,3}$"
)
_PLATE = re.compile(
    r"[1-9](?<![\w.,/-].)\d(?P<gap>[ -]?)(?P<letters>[a-z]{1,2})(?P<series>\d??)(?P<cut>[ .-]{0,3})"
    r"(?P<number>\d{3}[.]?\d{2}|\d{4})(?![\w/]|[.,-]\d)"
)
_DIPLOMATIC = re.compile(r"(?<![\w.,/-])[1-9]\d[ -]?\d{3}[ -]?(?:ng|nn|qt)[ -]?\d{2}(?![\w/]|[.,-]\d)")
_VEHICLE = re.compile(
    r"(?<![a-z])(?:xe|bien|bks|bsx|o ?to|taxi|tai xe|grab|phat nguoi|dang kiem|car|van|truck|motorbike|plate)(?![a-z])"
)
_SCALES = frozenset("kmtg")  # 50K 12345: thousands, not a plate


def plates(view: View) -> Iterator[Find]:
    """Find 30A-123.45, 29-B1 12345; with four digits, in small letters or unbroken where a word says that it is one."""
    speaks_of_one = bool(_VEHICLE.search(view.plain))

    def sure(match: re.Match[str]) -> bool:
        if _LABEL.search(view.plain[max(0, match.start() - 24) : match.start()]):
            return True
        if len(match["number"]) == 4:
            return False
        if not match["cut"]:
            return speaks_of_one and match["letters"] not in _SCALES
        if match["letters"] in _SCALES and "-" not in match["cut"] + match["gap"]:
            return False
        return speaks_of_one or view.source[match.start("letters")].isupper() or "." in match["number"]

    for match in scan(_PLATE, view.plain, sure):
        yield Find(*match.span(), Kind.PLATE)
    if speaks_of_one:
        yield from (Find(*match.span(), Kind.PLATE) for match in _DIPLOMATIC.finditer(view.plain))
