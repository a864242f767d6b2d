"""Number plates of Vietnamese vehicles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.amounts import counted
from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.phrases import listed, phrases
from kiemtin.questions.masking.spoken import WORDS as FIGURES
from kiemtin.questions.masking.view import Find, View, scan

_LABEL = re.compile(
    r"(?:bien(?: (?:kiem soat|so(?: xe)?|do|xanh|trang|vang|ngoai giao|quan doi))?|bks|bsx|bs|so xe|"
    r"xe(?: (?:may|o to|hoi|quan doi|quan su|ngoai giao|khach|tai|con))?|o ?to|"
    r"plates?(?: (?:no\.?|numbers?))?|phat nguoi)"
    r"(?: (?:la|so|cua (?:no|xe|han)|is)){0,2}[ :.=\-]{0,4}\Z"
)
_CUT = r"[ .\-_·]{0,3}"
_PLATE = re.compile(
    rf"[1-9](?<![\w.,/-].)\d(?P<gap>{_CUT})(?P<letters>[a-z]{{1,2}})(?P<series>\d??)(?P<cut>{_CUT}\n?)"
    r"(?P<number>\d{3}(?:[ .\-]| \. )?\d{2}|\d\d\.\d{3}|(?:\d ){4}\d|\d{4}|(?=[\d.]{0,5}[x*])[\dx*]{3}\.?[\dx*]{2})"
    r"(?![\w/*]|[.,-]\d)"
)
# As it is read off a picture or typed in a hurry, after a word for it: 5IF-123.45, 30A-l23.4S.
_READ = r"[\dloisb]"
_MISREAD = re.compile(
    rf"(?<![\w.,/-])(?=[a-z]{{0,2}}\d|\d)(?:[1-9]{_READ}|[li]\d){_CUT}[a-z][\da-z]?{_CUT}(?=[a-z .\-]{{0,3}}\d)"
    rf"(?P<number>{_READ}{{3}}[ .,\-]?{_READ}{{2}}|{_READ}{{4}} \d(?= ?(?:[,.;)!?\n]|\Z))|{_READ}{{4}})"
    r"(?![\w/*]|[.,-]\d)"
)
_SAID = rf"(?:{'|'.join(sorted((word for word in FIGURES if len(word) > 1), key=len, reverse=True))}|\d)(?![a-z\d])"
_NEXT = r"[ ,.\-]{1,3}"
# How a letter is said.
_LETTER = phrases(
    listed("be, bo, xe, co, de, do, ep, gie, go, hat, ho, ca, ka, lo, mo, no, pe, po, ro, so, te, to, ve, vo, det, zet")
)
# Dictated: ba mươi A, không không một hai ba.
_SPOKEN = tuple(
    re.compile(
        rf"(?<![a-z])(?:{word})(?![a-z])[^\d\n\x00-\x02]{{0,24}}?(?<![a-z])"
        rf"(?P<plate>(?:{_SAID}(?:{_NEXT}muoi(?![a-z]))?(?:{_NEXT}{_SAID})?|\d\d(?!\d)){_NEXT}?{letter}\d?(?![a-z\d])"
        rf"(?:{_NEXT}?(?:{_SAID}|(?:tram|linh|le|muoi)(?![a-z]))){{4,9}})(?!\w)"
    )
    # Most letters are said like other words: those only where nothing but a plate is spoken of.
    for word, letter in (("bien|bks|bsx|bs", "(?:[a-z]|hat)"), ("bien (?:so|xe)|bks|bsx|bs", _LETTER))
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
    r"scooter|plates?|driver|suv|sedan|pickup|jeep|minibus|bus|coach|scooters?|motor|mazda|vios|toyota|vinfast|hyundai|innova|fortuner|camry|mercedes|bmw|audi|lexus|"
    r"exciter|air ?blade|traffic|speeding|red light)(?![a-z])"
)
# What vehicles do: beside it a plate that is written in one piece needs no word for a vehicle.
_TRAFFIC = re.compile(
    r"(?<![a-z])(?:tong|dam|lan lan|luon lo|luon qua|dau truoc|do truoc|chay|phong nhanh|lai|cho hang|vuot den|va cham|"
    r"tai nan|camera|cam hanh trinh|csgt|bi trom|giat|tat dau|hit|parked|drove|driving)(?![a-z])"
)
_WHOLE = re.compile(r"(?:1[124-9]|[2-9]\d)[A-Z][A-Z0-9]?\d{5}")
_CODE = re.compile(r"(?<![a-z])(?:don(?: hang)?|ma|so|voucher|code|order|sku|model)[ :#]{1,3}\Z")
_DOTTED = re.compile(r"\d{3}\.\d{2}")
_TOLD = re.compile(r"[\d .\-]+")
_ROOM = re.compile(r"(?<![a-z])(?:phong|lop|can|can ho|toa|lo|block|room|flat) \Z")
_TOLD_LEAST = 3  # figures of a number that is misread
_BESIDE = 32  # characters on each side
_SCALES = frozenset("kmtg")  # 50K 12345: thousands, not a plate


def plates(view: View) -> Iterator[Find]:
    """Find 30A-123.45, 29-B1 12345; with four digits, in small letters or unbroken where a word says that it is one."""
    speaks_of_one = bool(_VEHICLE.search(view.plain))
    for match in scan(_PLATE, view.plain, lambda match: _is_sure(view, match, speaks_of_one=speaks_of_one)):
        yield Find(*match.span(), Kind.PLATE)
    for match in scan(_MISREAD, view.plain, lambda match: _is_misread(view, match)):
        yield Find(*match.span(), Kind.PLATE)
    for pattern in _SPOKEN:
        yield from (Find(*match.span("plate"), Kind.PLATE) for match in pattern.finditer(view.plain))
    if speaks_of_one:
        yield from (Find(*match.span(), Kind.PLATE) for match in _DIPLOMATIC.finditer(view.plain))
    if _ARMY.search(view.plain):
        for match in _MILITARY.finditer(view.plain):
            is_army = _ARMY.search(view.plain[max(0, match.start() - 24) : match.start()]) or _ARMY.match(
                view.plain, match.end() + 1 + 3 * view.plain.startswith(" xe ", match.end())
            )
            if is_army and view.source[match.start() : match.start() + 2].isupper():
                yield Find(*match.span(), Kind.PLATE)


def _is_misread(view: View, match: re.Match[str]) -> bool:
    """Whether a word for a plate stands before it, and most of its figures are figures."""
    told = sum(char.isdigit() for char in match["number"])
    return told >= _TOLD_LEAST and _LABEL.search(view.plain[max(0, match.start() - 28) : match.start()]) is not None


def _is_sure(view: View, match: re.Match[str], *, speaks_of_one: bool) -> bool:
    before, cut = view.plain[max(0, match.start() - 28) : match.start()], match["cut"] + match["gap"]
    if _LABEL.search(before):
        return True
    if len(match["number"]) == 4 or match["number"][2] == "." or not _TOLD.fullmatch(match["number"]):
        return speaks_of_one and "-" in cut
    is_whole = _WHOLE.fullmatch(view.source, *match.span()) is not None
    is_dotted = speaks_of_one and _DOTTED.fullmatch(match["number"])
    if match["letters"] in _SCALES and "-" not in cut and not (is_whole or is_dotted):
        return False
    is_cut = "-" in cut or "." in match["number"]
    if not is_cut and (counted(view, match.start("number"), match.end()) or _ROOM.search(before)):
        return False
    if speaks_of_one or not match["cut"]:
        return speaks_of_one or (is_whole and _is_in_traffic(view, match, before))
    return "." in match["number"] or view.source[match.start("letters")].isupper()


def _is_in_traffic(view: View, match: re.Match[str], before: str) -> bool:
    """Whether what stands beside it is what vehicles do, and it is not called a code."""
    beside = view.plain[max(0, match.start() - _BESIDE) : match.end() + _BESIDE]
    return _TRAFFIC.search(beside) is not None and not _CODE.search(before)
