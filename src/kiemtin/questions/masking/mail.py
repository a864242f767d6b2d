"""Addresses of mail, also written so that machines should not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiemtin.questions.masking.kind import Kind
from kiemtin.questions.masking.view import Find, View

# Each begins only where a word begins and gives nothing back, so a long row of letters is read once.
_LOCAL = r"(?<![\w.+%-])[a-z0-9._%+-]++"
_PLAIN = re.compile(rf"{_LOCAL}@(?:[a-z0-9-]{{1,63}}\.){{1,5}}[a-z]{{2,24}}")
_PROVIDERS = (
    r"gmail|gmai|gmal|yahoo|hotmail|outlook|icloud|live|ymail|proton(?:mail)?|mail|zoho|fpt|vnn|msn|yandex|go meo|gmeo|"
    r"g-?mail"
)
_SIGN = r"[(\[{<] ?(?:a|at|a[ -]?cong|a ?moc|a ?vong|@) ?[)\]}>]"
_DOT = (
    r"(?: ?\.(?:(?! )| (?=(?:com|net|vn|org|me)(?![a-z])))|,(?! )| ?[(\[{<] ?(?:dot|cham|\.) ?[)\]}>] ?| (?:cham|dot) )"
)
_BRACKETED = re.compile(rf"{_LOCAL} {{0,2}}{_SIGN} {{0,2}}[a-z0-9-]{{2,63}}(?:{_DOT}[a-z0-9-]{{2,24}}){{1,3}}")
_MORE = r"(?: (?:cham|dot|gach duoi|gach ngang|gach|underscore|dash) [a-z0-9._%+-]++){0,3}+"
_AT = r"at|a ?c[ou]o?ng|a ?moc|a con|a ?vong|a ?cua"
_SPOKEN = re.compile(
    rf"{_LOCAL}{_MORE} {{0,2}}(?:@|(?<= )(?:{_AT})(?= )) {{0,2}}"
    rf"(?:{_PROVIDERS})(?:{_DOT}| )(?:com|net|vn|org|me)(?:(?:{_DOT}| )vn)?(?![a-z0-9])"
    rf"|{_LOCAL} ?@ ?(?:{_PROVIDERS})(?: com)?(?![\w-]|\.\w)"
    rf"|{_LOCAL} (?:go meo|gmeo)(?:{_DOT}| )com(?![a-z0-9])"
)
# lan at congty dot org
_SAID = re.compile(
    rf"{_LOCAL} (?:{_AT}) [a-z0-9\-]{{2,40}}(?: (?:dot|cham) (?:com|net|org|vn|edu|gov|co|uk|me|io|"
    rf"info)(?![a-z0-9])){{1,3}}"
)
# lan @ congty . org
_PARTED = re.compile(
    rf"{_LOCAL} ?@ ?[a-z0-9\-]{{2,40}}(?: ?\. ?[a-z0-9\-]{{2,24}}){{0,2}} ?\. ?"
    r"(?:com|net|org|vn|edu|gov|example|info|io)(?![a-z0-9])"
)
# l a n @ g m a i l . c o m; and with its end in the next line
_SPACED = re.compile(r"(?<![\w.])(?:[a-z0-9._] ){3,30}@(?: [a-z0-9.\-]){5,30}(?![\w@])")
_OVER_LINES = re.compile(
    r"(?<![\w.+%-])(?=[a-z]*+[._0-9])[a-z0-9._%+-]++\n@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?![\w])"
)
_DISGUISED = (
    (re.compile(r" (?:dot|cham) "), _SAID),
    (re.compile(r"@ | @|\. | \."), _PARTED),
    (re.compile(r" @ "), _SPACED),
    (re.compile(r"\n@"), _OVER_LINES),
    (re.compile(_SIGN), _BRACKETED),
    (re.compile(_PROVIDERS), _SPOKEN),
)
# Only who, where its place goes without saying.
_NAMED = re.compile(
    r"(?<![a-z0-9])(?:gmail|e-?mail|mail)(?: (?:la|cua (?:em|toi|minh)|em|toi|minh))?(?: ?[:=] ?| (?:la|is) )"
    r"(?P<who>(?=[a-z._]*+\d)[a-z0-9][a-z0-9._]{4,40}[a-z0-9])(?![\w@]|\.\w)"
)


def plain_mail(view: View) -> Iterator[Find]:
    """Find ten@gmail.com."""
    if "@" in view.plain:
        yield from (Find(*match.span(), Kind.EMAIL) for match in _PLAIN.finditer(view.plain))


def disguised_mail(view: View) -> Iterator[Find]:
    """Find ten (a) gmail.com, ten at gmail chấm com; before links, for gmail.com looks like one."""
    for clue, pattern in _DISGUISED:
        if clue.search(view.plain):
            yield from (Find(*match.span(), Kind.EMAIL) for match in pattern.finditer(view.plain))
    yield from (Find(*match.span("who"), Kind.EMAIL) for match in _NAMED.finditer(view.plain))
