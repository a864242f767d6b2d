"""Homes that are told without a house in a street: a flat, a plot, a village, a lane."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import HIDDEN_NAME, Find, View

_WORDS = r"[a-z0-9.]{1,12}(?: [a-z0-9.]{1,12}){0,3}"
_HOUSE = r"(?:chung cu|cc|toa(?: nha)?|block|thap|tower|building|ktx|ky tuc xa)"
_FLOOR = r"(?:,? (?:tang|lau|floor|lvl|level) \d{1,2})?"
# Căn hộ 1205 chung cư Mẫu, P.1203 toà S2; phòng 502 nhà B3.
_FLAT = re.compile(
    r"(?<![a-z0-9])(?:can(?: ho)?|ch|phong|p\.|apartment|apt\.?|flat|unit|room)(?: so| no\.?)? ?#?"
    r"(?P<number>(?=[a-z.\-]{0,3}\d)[a-z0-9.\-]{3,8})(?<![.\-])"
    rf"{_FLOOR},? (?:{_HOUSE}(?: {_HOUSE})? (?P<house>{_WORDS})|nha [a-z]\d{{1,2}}(?P<block> (?:ktx|"
    rf"ky tuc xa) {_WORDS})?)(?!\w)"
)
# The other way round.
_FLAT_LAST = re.compile(
    rf"(?<![a-z0-9]){_HOUSE} (?P<house>{_WORDS}){_FLOOR}(?:,|(?<=\w)) (?:can(?: ho)?|phong|p\.)(?: so)? ?"
    r"(?P<number>[a-z]?\d{3,4}[a-z]?)(?!\w)"
)
_FLAT_CODE = re.compile(
    r"(?<![a-z0-9])(?:chung cu|can(?: ho)?|toa|apt|apartment|flat|unit) "
    r"(?P<number>[a-z]{1,2}\d{0,2}[.\-](?:\d{1,2}[.\-]\d{2}|\d{3,4}[a-z]?(?=,)))"
    r"(?: (?P<house>[a-z0-9]{1,12}(?: [a-z0-9]{1,12}){0,3}))?(?!\w)|(?<![a-z0-9.])p\.?o\.? box (?P<box>\d{1,6})(?!\d)"
)
_PUBLIC = re.compile(r",?(?: [a-z]{1,8}){0,2} (?:benh vien|bv|truong|dai hoc|dh|khoa|ubnd|uy ban|so|bo)(?![a-z])")
_PLOT = re.compile(
    r"(?<![a-z0-9])(?:lien ke|shophouse) (?:so )?[a-z]{0,3}\d{1,3}(?:[.\-]\d{1,3})?,? (?:kdt|khu do thi|kdc) "
    r"(?P<estate>[a-z0-9]{1,12}(?: [a-z0-9]{1,12}){0,2})(?!\w)|"
    r"(?<![a-z0-9])lo [a-z]{0,2}\d{1,3}[a-z]?(?:[\-.]\d{1,3})?,? (?:duong (?:so )?[a-z]{0,2}\d{1,3}[a-z]?|"
    r"(?:kdc|kdt|khu (?:dan cu|do thi)) (?P<house>[a-z0-9]{1,12}(?: [a-z0-9]{1,12}){0,2}))(?!\w)"
)
_AT_HOME = (
    r"(?:dia chi(?: nha)?|d/c|dc|thuong tru|tam tru|tru tai|ngu(?: tai)?|"
    r"(?:nha|que|gia dinh) (?:em|toi|minh|chi|anh|no|tui)(?: (?:o|tai))?|address)[ :.]{1,3}(?:(?:tai|o|la) )?|"
    r"(?:gui|giao|ship)(?: hang)? (?:ve|toi|den) "
)
_NAMED = r"(?:ap|thon|xom|khom|buon|ban|lang|khu) (?:[a-z0-9]{1,8}(?: [a-z]{1,8}){0,2}(?: \d{1,2}(?!\w))?)"
_UNIT = (
    r"(?:(?:to(?: dan pho)?|tdp|doi|khu(?: pho)?|kp|ap|thon|xom|khom)"
    rf"(?: so)? ?\d{{1,3}}[a-z]?(?!\w)|{_NAMED})"
)
_UNITS = rf"{_UNIT}(?:,? {{1,2}}{_UNIT}){{0,3}}"
# Whom somebody is said to be comes before his home.
_SOMEBODYS = rf"{HIDDEN_NAME}(?:,| (?:o|ngu|tru|tai)(?: (?:o|tai))?) "
_VILLAGE = re.compile(
    rf"(?:(?:(?<![a-z0-9]){_AT_HOME}(?:so(?: nha)? )?|{_SOMEBODYS}(?={_UNIT},? {{1,2}}{_UNIT}))"
    rf"(?P<home>(?:\d{{1,4}}[a-z]?,? {{1,2}})?{_UNITS})(?! (?:nguoi|ho|em|chau|suat)(?![a-z]))|"
    rf"(?<![\w.,/\-])(?P<lane>(?!\d{{1,2}}/\d{{1,2}} |"
    rf"[0-2]\d?/)\d{{1,4}}[a-z]?(?:/\d{{1,4}}[a-z]?){{1,4}},? {{1,2}}{_UNITS}(?! (?:nguoi|ho|em|chau)))|"
    rf"(?<![a-z])(?:o|tai|nha|den|toi) (?P<hamlet>\d{{1,4}}[a-z]?,? (?:ap|thon|xom|to|khom) \d{{1,2}})(?! (?:nguoi|"
    rf"ho))|"
    rf"(?<![a-z0-9])so(?: nha)? (?P<housed>\d{{1,4}}[a-z]?,? {{1,2}}{_UNITS}))(?![\w/])"
)
_PARTS = re.compile(r"so|to|dan|pho|tdp|doi|khu|kp|ap|thon|xom|khom|buon|ban|lang")
_WORD = re.compile(r"[a-z0-9/]+")
_LANE = re.compile(
    rf"(?<![a-z0-9])(?:{_AT_HOME}|(?:em|minh|toi|tui|no|han|ho) (?:o|song|tro|thue)(?: (?:tai|o|nha))? |"
    r"(?:giao|ship|gui)(?: hang)? (?:toi|den|ve) |tro (?:o|tai) |den nha o )"
    r"(?P<lane>(?:ngo|ngach|hem|kiet)(?: so)? \d{1,4}[a-z]?(?:/\d{1,4}[a-z]?){0,4},? (?:duong |pho )?)"
    r"(?P<street>[a-z]{1,8}(?: [a-z]{1,8}){1,3})(?!\w)"
)


def dwellings(view: View) -> Iterator[Find]:
    """Find căn hộ 1205 chung cư Mẫu, lô B12 đường D5; thôn Mẫu, đội 5 and ngõ 12 Lê Lợi where somebody lives there."""
    for spans in (_flats(view), _plots(view), _villages(view)):
        yield from (Find(start, end, Kind.ADDRESS) for start, end in spans if end)


def _flats(view: View) -> Iterator[tuple[int, int]]:
    plain = view.plain
    for match in _FLAT.finditer(plain):
        group = "house" if match["house"] else "block"
        end = _end_of_capitals(view, match.start(group), match.end(group)) if match[group] else match.end()
        yield match.start(), 0 if _PUBLIC.match(plain, end) else end
    for match in _FLAT_CODE.finditer(plain):
        end = _end_of_capitals(view, *match.span("house")) if match["house"] else 0
        group = "number" if match["number"] else "box"
        yield match.start("number" if match["number"] else 0), end or match.end(group)
    for match in _FLAT_LAST.finditer(plain):
        is_named = _end_of_capitals(view, *match.span("house")) == match.end("house")
        yield match.start(), match.end() if is_named and not _PUBLIC.match(plain, match.end()) else 0


def _plots(view: View) -> Iterator[tuple[int, int]]:
    for match in _PLOT.finditer(view.plain):
        name = match.lastgroup
        end = _end_of_capitals(view, *match.span(name)) if name else match.end()
        is_plot = name == "estate" or view.source[match.start() + 1] in "oôOÔ"
        yield match.start(), end if is_plot else 0


def _villages(view: View) -> Iterator[tuple[int, int]]:
    for match in _VILLAGE.finditer(view.plain):
        group = match.lastgroup or "home"
        yield match.start(group), _end_of_units(view, *match.span(group))
    for match in _LANE.finditer(view.plain):
        yield match.start("lane"), _end_of_capitals(view, *match.span("street"))


def _end_of_capitals(view: View, start: int, end: int) -> int:
    """Where the words with capital letters or figures end; 0 if the first has none."""
    last = 0
    place = start + (view.plain[start] == " ")
    for word in view.plain[place:end].split(" "):
        if not (
            view.source[place].isupper() or any(char.isdigit() for char in word) or word in {"ktx", "ky", "tuc", "xa"}
        ):
            break
        last = place + len(word.rstrip("."))
        place += len(word) + 1
    return last


def _end_of_units(view: View, start: int, end: int) -> int:
    """Where the parts of a village end: each a word for it with a figure, or with a name in capitals; 0 without any."""
    last, is_part = 0, False
    for word in _WORD.finditer(view.plain, start, end):
        is_told = any(char.isdigit() for char in word[0]) or (view.source[word.start()].isupper() and is_part)
        if not is_told and not _PARTS.fullmatch(word[0]):
            break
        if is_told and is_part:
            last = word.end()
        is_part = is_part or not is_told
    return last
