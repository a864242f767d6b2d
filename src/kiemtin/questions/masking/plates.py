"""Number plates of Vietnamese vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.amounts import counted
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View, scan

_LABEL = re.compile(
    r"(?:bien(?: (?:kiem soat|so(?: xe)?|do|xanh|trang|vang|ngoai giao|quan doi))?|bks|bsx|bs|so xe|"
    r"xe(?: (?:may|o to|hoi|quan doi|quan su|ngoai giao|khach|tai|con))?|o ?to|plate(?: (?:no\.?|number))?|phat nguoi)"
    r"[ :.=\-]{0,4}\Z"
)
_CUT = r"[ .\-_·]{0,3}"
_PLATE = re.compile(
    rf"[1-9](?<![\w.,/-].)\d(?P<gap>{_CUT})(?P<letters>[a-z]{{1,2}})(?P<series>\d??)(?P<cut>{_CUT}\n?)"
    r"(?P<number>\d{3}[ .\-]?\d{2}|(?:\d ){4}\d|\d{4}|(?=[\d.]{0,4}[x*])[\dx*]{3}\.?[\dx*]{2})(?![\w/*]|[.,-]\d)"
)
_END = r"(?![\w/]|[.,-]\d)"
# Missions and organisations: 80-NG-123-45, 80-123-NG-45.
_DIPLOMATIC = re.compile(
    rf"(?<![\w.,/-])[1-9]\d[ -]?(?:\d{{3}}[ -]?(?:ng|nn|qt|cv)|(?:ng|nn|qt|cv)[ -]?\d{{3}})[ -]?\d{{2}}{_END}"
)
_MILITARY = re.compile(rf"(?<![\w.,/-])[abhkpqtnv][a-z][ .\-]?\d{{2}}[ .\-]?\d{{2}}{_END}")
_ARMY = re.compile(r"(?<![a-z])(?:quan doi|quan su|bien do|bo doi|bien|bks|bsx|bs)(?![a-z])")
_VEHICLE = re.compile(
    r"(?<![a-z])(?:xe|bien|bks|bsx|bs|o ?to|taxi|tai xe|grab|phat nguoi|dang kiem|cars?|van|truck|motorbike|motorcycle|"
    r"scooter|plates?|driver)(?![a-z])"
)
_TOLD = re.compile(r"[\d .\-]+")
_ROOM = re.compile(r"(?<![a-z])(?:phong|lop|can|can ho|toa|lo|block|room|flat) \Z")
_SCALES = frozenset("kmtg")  # 50K 12345: thousands, not a plate


def plates(view: View) -> Iterator[Find]:
    """Find 30A-123.45, 29-B1 12345; with four digits, in small letters or unbroken where a word says that it is one."""
    speaks_of_one = bool(_VEHICLE.search(view.plain))
    for match in scan(_PLATE, view.plain, lambda match: _is_sure(view, match, speaks_of_one=speaks_of_one)):
        yield Find(*match.span(), Kind.PLATE)
    if speaks_of_one:
        yield from (Find(*match.span(), Kind.PLATE) for match in _DIPLOMATIC.finditer(view.plain))
        for match in _MILITARY.finditer(view.plain):
            is_army = _ARMY.search(view.plain[max(0, match.start() - 24) : match.start()])
            if is_army and view.source[match.start() : match.start() + 2].isupper():
                yield Find(*match.span(), Kind.PLATE)


def _is_sure(view: View, match: re.Match[str], *, speaks_of_one: bool) -> bool:
    before, cut = view.plain[max(0, match.start() - 28) : match.start()], match["cut"] + match["gap"]
    if _LABEL.search(before):
        return True
    if len(match["number"]) == 4 or not _TOLD.fullmatch(match["number"]):
        return speaks_of_one and "-" in cut
    if match["letters"] in _SCALES and "-" not in cut:
        return False
    is_cut = "-" in cut or "." in match["number"]
    if not is_cut and (counted(view, match.start("number"), match.end()) or _ROOM.search(before)):
        return False
    if speaks_of_one or not match["cut"]:
        return speaks_of_one
    return "." in match["number"] or view.source[match.start("letters")].isupper()
