"""House numbers with their street."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.names import PLACE, is_family
from kiemtin.questions.masking.view import Find, View, scan

# In Đà Nẵng and Huế a house in a lane is K123/4.
_FIRST = r"(?:\d(?<![\w.,/-].)|[kh]\d(?<![\w.,/-]..)(?=\d{0,3}/))"
_HOUSE = rf"{_FIRST}\d{{0,3}}(?:bis|ter|[a-z]{{0,2}})(?:[/-]\d{{1,4}}[a-z]?){{0,5}}(?![\w.,/-]\d|\w)"
_LANES = r"(?:,? {1,2}(?:ngo|ngach|hem|kiet|alley|lane)(?: so)? \d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,4}(?!\w)){0,3}"
_NOT_STREETS = r"(?!(?:day|ray|bang|truyen|link|vanh dai|sat|thuy|ong(?! ich)|di bo|phuong|co)(?![a-z]))"
_ROAD = r"(?:(?P<road>duong|pho|dai lo|ngo|ngach|hem|kiet|d\.|p\.) ?)?"
_NAMED = rf"{_NOT_STREETS}(?P<street>[a-z]{{1,8}}(?: [a-z0-9]{{1,8}}){{0,4}})"
_ROADS = r"(?:ql|dt|tl|hl)[ .]?|(?:quoc|tinh|huong) lo "
_NUMBERED = rf"(?P<numbered>so \d{{1,3}}[a-z]?|\d{{1,2}}/\d{{1,2}}|(?:{_ROADS})\d{{1,3}}[a-z]?)(?![\w/])"
_HIGHWAY = re.compile(_ROADS)
_ADDRESS = re.compile(
    rf"(?P<house>{_HOUSE})(?=,? {{1,2}}[a-z])(?P<lanes>{_LANES})(?:,? {{1,2}}{_ROAD}(?:{_NUMBERED}|{_NAMED}))?"
)
_LABEL = re.compile(
    r"(?<![a-z0-9])(?P<label>dia chi|d/c|dc|address|so nha(?: minh| toi| em| e| tui)?|nha so|"
    r"nha|at no\.?|so|o|tai|den)[ :.]{1,3}(?:la )?"
    r"(?:so (?:nha )?)?\Z"
)
_SURE_LABELS = frozenset(
    {"dia chi", "d/c", "dc", "address", "so nha", "nha so", "at no", "at no."}
    | {f"so nha {whose}" for whose in ("minh", "toi", "em", "e", "tui")}
)
_NUMBER_SAID = re.compile(r"(?<![a-z])(?:o|tai|nha|den|ve|toi) so (?:nha )?\Z")
_LANE_BEFORE = re.compile(r"(?<![a-z])(?:ngo|ngach|hem|kiet) (?:so )?\Z")
_OF_A_ROAD = re.compile(r"(?<![a-z])(?:km|doan|duong|ql|tl|dt)[ \d+]{0,8}\Z")
# 235/12, 68/14/3: a house in a lane, and no day of a month.
_IN_A_LANE = re.compile(r"(?:3[2-9]|[4-9]\d|\d{3,4})[a-z]?(?:/\d{1,4}[a-z]?){1,5}|\d{1,3}[a-z]?(?:/\d{1,4}[a-z]?){2,5}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PART = re.compile(r"[a-z0-9]+")
_LANE_WORDS = frozenset({"ngo", "ngach", "hem", "kiet"})
# After these, or with a ward or a town behind it, a number and the name of a person are a house in a street.
_PLACE_WORDS = re.compile(
    r"(?<![a-z])(?:o|tai|ve|den|toi|qua|nha(?: o)?|ngoi nha|tro|quan|tiem|shop|phong kham|van phong|vp|"
    r"(?:phong kham|nha khoa)(?: [a-z]{2,5})?|"
    r"thua phat lai|quan (?:cafe|ca phe|an|nhau)|(?:clinic|flat) at|"
    r"letter from|kho|cua hang|dc|"
    r"chung cu|ktx|tang \d{1,2},?|lau \d{1,2},?|thuong tru|tam tru|lives? (?:at|in)|(?<=sent it )to) (?:so )?\Z"
)
_TOWN_AFTER = re.compile(
    r"[ ,\-]{1,3}(?:p|q|f|kp|phuong|quan|huyen|tp|thanh pho|xa|thi xa|tx|ha noi|hn|hcm|tphcm|sai gon|sg|da nang|hue|"
    r"can tho|hai phong|nha trang|vung tau|bien hoa|district|ward)"
    r"(?![a-z])"
)
# After these a number is a day, a year or a count.
_OTHER_NUMBERS = re.compile(
    r"(?<![a-z])(?:ngay|thang|nam|va|co|khoang|hon|gan|moi|tu|them|duoi|tren|luc|gio|hom|sang|chieu|trua|nay|cac|nhung|"
    r"quoc lo|khoa|lop) \Z"
)
_LANE_FAR = 10  # characters of the word for a lane before its number
# Some that are called after other things, or after somebody without a family.
_STREETS = re.compile(
    r"(?:ba trieu|hai ba trung|quang trung|dien bien phu|cach mang thang|dong khoi|au co|lac long quan|xo viet|kim ma|"
    r"cau giay|xuan thuy|tay son|giai phong|lang ha|bach dang|hung vuong|luy ban bich|ung van khiem|ong ich khiem|"
    r"ba huyen thanh quan|su van hanh|no trang long|tan ky tan quy|thong nhat|doc lap|hoa binh|kham thien|xa dan|"
    r"minh khai|truong chinh|linh nam|tam trinh|hang [a-z]{2,6}|yersin|pasteur|calmette|cong hoa|hau giang|thanh thai)"
    r"(?![a-z])"
)
_NO_STREETS = re.compile(
    r"(?:pho|phuong|tinh|xa|cua|phong|nguoi|huyen|quan|mien|gio|mua|ga|ngay|bo|benh|tang|thon|ap|khu|doi|ho|thanh|so|nha|"
    r"chuyen|tuyen|cau|cho|truong|lop|toa|can|chiec|con|cai|dua|em|chau|anh|chi|ong|ba|co|chu|suat|phan|tram)(?![a-z])"
)
_WARD = re.compile(r"(?:quận|quan|phường|phuong|q|p)\.? \Z", re.IGNORECASE)
_ENGLISH = re.compile(
    r"(?:(?:flat|unit|apt\.?|apartment|room|suite|alley|lane) #?[a-z]?\d{1,4}[a-z]?,? )?"
    r"(?!(?:19|20)\d\d )\d(?<![\w.,/-].)\d{0,3}[a-z]?(?:[/\-]\d{1,4}[a-z]?){0,3},? "
    r"(?:(?:alley|lane) \d{1,4}(?:/\d{1,4})?,? )?"
    r"(?P<street>(?!(?:downing|wall|pennsylvania|the) )[a-z]{2,12}(?: [a-z]{1,12}){0,3}?|"
    r"[nsew]\.? [a-z]{2,12}(?: [a-z]{1,12})?) "
    r"(?:street|st|road|rd|avenue|ave|lane|ln|boulevard|blvd|highway|hwy|parkway|"
    r"(?P<way>drive|dr|way|court|ct|terrace|close|crescent|circle|place)(?=\.?(?:[,;)\n]|\Z| (?:apt|unit|#))))(?![a-z])"
    r"(?:\.?,? (?:apt\.?|unit|suite|ste|apartment) ?#?[a-z]?\d{1,4}[a-z]?(?!\w)|,? #\d{1,4}(?!\w))?"
)


def addresses(view: View) -> Iterator[Find]:
    """Find số 12 ngõ 34 phố Huế, 12/5 đường Lê Lợi; the ward and the town after it stay."""
    for match in scan(_ADDRESS, view.plain, lambda match: _end(view, match) > 0):
        lane = _LANE_BEFORE.search(view.plain[max(0, match.start() - _LANE_FAR) : match.start()])
        begin = match.start() - (len(lane[0]) if lane else 0)
        yield Find(begin, _end(view, match), Kind.ADDRESS)
    for match in _ENGLISH.finditer(view.plain):
        street = view.source[slice(*match.span("street"))].split(" ")
        is_long = not match["way"] or view.plain[match.start() + 1].isalnum()  # 5 Star Drive
        if is_long and all(word[0].isupper() for word in street):
            yield Find(*match.span(), Kind.ADDRESS)


def _end(view: View, match: re.Match[str]) -> int:
    """Where the street ends, or the lane; 0 where it is not sure that this is an address."""
    if not (match["lanes"] or match["road"] or match["street"] or match["numbered"]):
        return 0
    before = view.plain[max(0, match.start() - 20) : match.start()]
    label = _LABEL.search(before)
    is_lane = match["house"].count("/") > 1
    if not label and ((_OTHER_NUMBERS.search(before) and not is_lane) or _YEAR.fullmatch(match["house"])):
        return 0
    if match["numbered"]:
        is_road = match["road"] or _is_on_a_highway(view, match, before)
        return match.end("numbered") if is_road else match.end("lanes") if match["lanes"] else 0
    road = match["road"]
    if road in _LANE_WORDS and not _is_lane(view.source[slice(*match.span("road"))]):
        road = None  # Ngô, Kiệt: somebody's name
    sure = label is not None and label["label"] in _SURE_LABELS
    begin = match.start("road" if match["road"] and not road else "street") if match["street"] else match.end()
    is_small = sure and (road or match["lanes"] or "/" in match["house"])
    street = _end_of_street(view, begin, match, lower=bool(is_small))
    if road and not street and _PLACE_WORDS.search(before):
        street = _end_of_street(view, begin, match, lower=True)
        street = street if _TOWN_AFTER.match(view.plain, street) else 0
    if match["lanes"] or road:
        return street or (match.end("lanes") if match["lanes"] else 0)
    is_street = " " in view.plain[begin:street]
    is_sure = sure or _is_said_to_be_a_house(match, before) or _is_persons_street(view, match, begin, before, street)
    return street if is_street and is_sure else 0


def _is_lane(word: str) -> bool:
    """Whether it is the word for a lane, and not Ngô or Kiệt, somebody's name."""
    return word.islower() or word.lower() in {"ngõ", "ngách", "hẻm"}


def _is_on_a_highway(view: View, match: re.Match[str], before: str) -> bool:
    """Whether it is a house beside a road that has a number, and no other road or kilometre: 78 QL1A."""
    is_highway = _HIGHWAY.match(match["numbered"]) and match.start("numbered") - match.end("house") == 1
    is_long = match["numbered"][1] in "lt" or len(match["house"]) > 1
    return bool(is_highway) and is_long and not _OF_A_ROAD.search(before)


def _is_said_to_be_a_house(match: re.Match[str], before: str) -> bool:
    """Whether it can be no other number: ở số 19/2, K123/4."""
    return match["house"][0] in "kh" or ("/" in match["house"] and _NUMBER_SAID.search(before) is not None)


def _is_persons_street(view: View, match: re.Match[str], start: int, before: str, end: int) -> bool:
    """Whether the street is called after somebody, as most are, and the words beside it speak of a place."""
    if PLACE.match(view.plain, start) and not _STREETS.match(view.plain, start):
        return False
    if _WARD.search(view.source[max(0, match.start() - 8) : match.start()]):
        return False
    is_in_a_place, is_in_town = _PLACE_WORDS.search(before), _TOWN_AFTER.match(view.plain, end)
    if is_in_a_place and is_in_town and not _NO_STREETS.match(view.plain, start):
        return True
    if not (is_family(view.source[start : start + 12].partition(" ")[0]) or _STREETS.match(view.plain, start)):
        return False
    if _LANE_BEFORE.search(before):
        return "/" in match["house"]
    return bool(_IN_A_LANE.fullmatch(match["house"]) or is_in_a_place or is_in_town)


def _end_of_street(view: View, start: int, match: re.Match[str], *, lower: bool) -> int:
    """Where the capital letters of its name end; 0 if it has no name for sure."""
    if not match["street"]:
        return 0
    words = list(_PART.finditer(view.plain, start, match.end("street")))
    known = next((i for i, word in enumerate(words) if not view.source[word.start()].isupper()), len(words))
    if not known and lower:
        known = min(2, len(words))
    return words[known - 1].end() if known else 0
