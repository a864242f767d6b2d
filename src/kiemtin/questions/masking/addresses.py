"""House numbers with their street."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.names import PLACE, is_family
from kiemtin.questions.masking.view import Find, View, scan

_HOUSE = r"\d(?<![\w.,/-].)\d{0,3}[a-z]{0,2}(?:[/-]\d{1,4}[a-z]?){0,5}(?![\w.,/-]\d|\w)"
_LANES = r"(?:,? {1,2}(?:ngo|ngach|hem|kiet)(?: so)? \d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,4}(?!\w)){0,3}"
_NOT_STREETS = r"(?!(?:day|ray|bang|truyen|link|vanh dai|sat|thuy|ong|di bo|phuong|co)(?![a-z]))"
_ROAD = r"(?:(?P<road>duong|pho|dai lo|ngo|ngach|hem|kiet|d\.|p\.) ?)?"
_NAMED = rf"{_NOT_STREETS}(?P<street>[a-z]{{1,8}}(?: [a-z0-9]{{1,8}}){{0,4}})"
_NUMBERED = r"(?P<numbered>so \d{1,3}|\d{1,2}/\d{1,2})(?![\w/])"
_ADDRESS = re.compile(
    rf"(?P<house>{_HOUSE})(?=,? {{1,2}}[a-z])(?P<lanes>{_LANES})(?:,? {{1,2}}{_ROAD}(?:{_NUMBERED}|{_NAMED}))?"
)
_LABEL = re.compile(
    r"(?<![a-z0-9])(?P<label>dia chi|d/c|dc|address|so nha|nha so|nha|so|o|tai|den)[ :.]{1,3}(?:la )?"
    r"(?:so (?:nha )?)?\Z"
)
_SURE_LABELS = frozenset({"dia chi", "d/c", "dc", "address", "so nha", "nha so"})
# 235/12, 68/14/3: a house in a lane, and no day of a month.
_IN_A_LANE = re.compile(r"(?:3[2-9]|[4-9]\d|\d{3,4})[a-z]?(?:/\d{1,4}[a-z]?){1,5}|\d{1,3}[a-z]?(?:/\d{1,4}[a-z]?){2,5}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PART = re.compile(r"[a-z0-9]+")
_LANE_WORDS = frozenset({"ngo", "ngach", "hem", "kiet"})
# After these, or with a ward or a town behind it, a number and the name of a person are a house in a street.
_PLACE_WORDS = re.compile(
    r"(?<![a-z])(?:o|tai|ve|den|toi|qua|nha(?: o)?|ngoi nha|tro|quan|tiem|shop|phong kham|van phong|vp|kho|cua hang|dc|"
    r"chung cu|ktx|thuong tru|tam tru) (?:so )?\Z"
)
_TOWN_AFTER = re.compile(
    r"[ ,\-]{1,3}(?:p|q|f|kp|phuong|quan|huyen|tp|thanh pho|xa|thi xa|tx|ha noi|hn|hcm|tphcm|sai gon|sg|da nang)"
    r"(?![a-z])"
)
# After these a number is a day, a year or a count.
_OTHER_NUMBERS = re.compile(
    r"(?<![a-z])(?:ngay|thang|nam|va|co|khoang|hon|gan|moi|tu|them|duoi|tren|luc|gio|hom|sang|chieu|trua|nay|cac|nhung|"
    r"quoc lo|khoa|lop) \Z"
)
_WARD = re.compile(r"(?:quận|quan|phường|phuong|q|p)\.? \Z", re.IGNORECASE)
_ENGLISH = re.compile(
    r"(?!(?:19|20)\d\d )\d(?<![\w.,/-].)\d{0,3}[a-z]?(?:/\d{1,4}){0,3} "
    r"(?P<street>(?!(?:downing|wall|pennsylvania|the) )[a-z]{2,12}(?: [a-z]{1,12}){0,3}?) "
    r"(?:street|st|road|rd|avenue|ave|lane|boulevard|blvd)(?![a-z])"
)


def addresses(view: View) -> Iterator[Find]:
    """Find số 12 ngõ 34 phố Huế, 12/5 đường Lê Lợi; the ward and the town after it stay."""
    for match in scan(_ADDRESS, view.plain, lambda match: _end(view, match) > 0):
        yield Find(match.start(), _end(view, match), Kind.ADDRESS)
    for match in _ENGLISH.finditer(view.plain):
        street = view.source[slice(*match.span("street"))].split(" ")
        if all(word[0].isupper() for word in street):
            yield Find(*match.span(), Kind.ADDRESS)


def _end(view: View, match: re.Match[str]) -> int:
    """Where the street ends, or the lane; 0 where it is not sure that this is an address."""
    if not (match["lanes"] or match["road"] or match["street"]):
        return 0
    before = view.plain[max(0, match.start() - 20) : match.start()]
    label = _LABEL.search(before)
    if not label and (_OTHER_NUMBERS.search(before) or _YEAR.fullmatch(match["house"])):
        return 0
    if match["road"] in _LANE_WORDS and not view.source[match.start("road")].islower():
        return 0  # Ngô, Kiệt: somebody's name
    sure = label is not None and label["label"] in _SURE_LABELS
    street = _end_of_street(view, match, lower=sure)
    if match["lanes"] or match["road"]:
        return street or (match.end("lanes") if match["lanes"] else 0)
    is_street = " " in view.plain[match.start("street") : street]
    return street if is_street and (sure or _is_persons_street(view, match, before, street)) else 0


def _is_persons_street(view: View, match: re.Match[str], before: str, end: int) -> bool:
    """Whether the street is called after somebody, as most are, and the words beside it speak of a place."""
    start = match.start("street")
    if not is_family(view.source[start : start + 12].partition(" ")[0]) or PLACE.match(view.plain, start):
        return False
    if _WARD.search(view.source[max(0, match.start() - 8) : match.start()]):
        return False
    return bool(
        _IN_A_LANE.fullmatch(match["house"]) or _PLACE_WORDS.search(before) or _TOWN_AFTER.match(view.plain, end)
    )


def _end_of_street(view: View, match: re.Match[str], *, lower: bool) -> int:
    """Where the capital letters of its name end, or its number; 0 if it has no name for sure."""
    if match["numbered"]:
        return match.end("numbered") if match["road"] else 0
    if not match["street"]:
        return 0
    start = match.start("street")
    words = list(_PART.finditer(match["street"]))
    known = next((i for i, word in enumerate(words) if not view.source[start + word.start()].isupper()), len(words))
    if not known and lower and (match["road"] or match["lanes"]):
        known = min(2, len(words))
    return start + words[known - 1].end() if known else 0
