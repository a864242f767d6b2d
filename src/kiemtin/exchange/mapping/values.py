"""Single values as they are found in the wild, made clean. Nothing here raises on odd input."""

from __future__ import annotations

import datetime as dt
import html
import math
import re
import unicodedata
from decimal import Decimal
from urllib.parse import urlsplit, urlunsplit

_TAG = re.compile(r"<!--[^<>]*>|</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")
_INLINE = frozenset({"a", "abbr", "b", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"})
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0]")
_TURN = re.compile(r"[\u202a-\u202e\u2066-\u2069]")  # would turn around what our page says after the text
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)")
_HOST = re.compile(r"[^\s/?#@.]+(\.[^\s/?#@.]+)+")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8})*")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]*\.?,? (\d{4})")


def first(value: object) -> object:
    """Return the value, or the first of a list that is not empty (lists of lists too)."""
    while isinstance(value, list):
        value = next((one for one in value if one not in (None, "", [], {})), None)
    return value


def text(value: object, *, limit: int | None = None) -> str:
    """Return plain text: no markup, entities resolved, white space and Unicode form made one; "" if there is none.

    A text longer than `limit` characters is cut at a word and ends in "…".
    """
    value = first(value)
    if isinstance(value, dict):
        value = first(value.get("@value"))
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return ""
    plain = _plain(str(value))
    return plain if limit is None or len(plain) <= limit else _cut(plain, limit)


def _plain(raw: str) -> str:
    # Some feeds escape twice. Tags go last, since escaped markup is markup that a feed has escaped once more.
    resolved = html.unescape(html.unescape(raw)) if "&" in raw else raw
    bare = _TAG.sub(_gap, resolved) if "<" in resolved else resolved
    kept = _SURROGATE.sub("\ufffd", _NOT_TEXT.sub(" ", _TURN.sub("", bare)))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _gap(tag: re.Match[str]) -> str:
    return "" if (tag[1] or "").lower() in _INLINE else " "


def _cut(plain: str, limit: int) -> str:
    head = plain[: limit - 1]
    at_word = head.rsplit(" ", 1)[0] if " " in head[-200:] else head
    return f"{at_word}…"


def number(value: object) -> float | None:
    """Return a finite number, also from text such as "3" or "4,5"; None if there is none."""
    value = first(value)
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    try:
        found = float(value.strip().replace(",", ".") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def address(value: object) -> str:
    """Return a web address with scheme and without user name; "" for anything else (`javascript:`, a bare word)."""
    value = first(value)
    if isinstance(value, dict):
        value = first(value.get("@id") or value.get("url"))
    if not isinstance(value, str):
        return ""
    raw = _SURROGATE.sub("", _NOT_TEXT.sub("", _TURN.sub("", value.strip())))
    if raw.startswith("//"):
        raw = f"https:{raw}"
    elif not _SCHEME.match(raw):
        raw = f"https://{raw}"
    return _checked(raw)


def _checked(raw: str) -> str:
    try:
        parts = urlsplit(raw)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host):
        return ""
    path = parts.path.replace(" ", "%20")
    return urlunsplit((parts.scheme, host + port, path, parts.query.replace(" ", "%20"), parts.fragment))


def site(url: str) -> str:
    """Return the host of a checked address, without `www.`; "" for ""."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def language(value: object) -> str:
    """Return a BCP 47 tag as `vi` or `pt-BR`; "" for anything else."""
    value = first(value)
    if isinstance(value, dict):
        value = first(value.get("alternateName") or value.get("name"))
    if not isinstance(value, str) or not _LANGUAGE.fullmatch(value.strip()) or len(value) > 35:
        return ""
    head, *rest = value.strip().replace("_", "-").split("-")
    return "-".join([head.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])


def date(value: object) -> dt.date | None:
    """Return the day as it was written; None where it is missing or can be read in two ways (04/05/2020).

    Reads ISO 8601 with or without time, year first with other separators, day or month first when only one
    reading exists, English month names, and seconds or milliseconds since 1970.
    """
    value = first(value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _from_epoch(float(value))
    if not isinstance(value, str):
        return None
    written = " ".join(value.strip().split())
    if written.isdecimal() and len(written) in (10, 13):
        return _from_epoch(float(written))
    return _year_first(written) or _year_last(written) or _month_name(written.lower())


def _from_epoch(seconds: float) -> dt.date | None:
    if not math.isfinite(seconds) or seconds < 10_000_000:  # 1970: a day, a year or a mistake, not a moment
        return None
    try:
        return dt.datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, tz=dt.UTC).date()
    except (ValueError, OverflowError, OSError):
        return None


def _year_first(written: str) -> dt.date | None:
    found = _YEAR_FIRST.match(written)
    if found is None or (not found[2] and len(found[0]) != 8):
        return None
    return _day(int(found[1]), int(found[3]), int(found[4]))


def _year_last(written: str) -> dt.date | None:
    found = _YEAR_LAST.match(written)
    if found is None:
        return None
    one, two, year = int(found[1]), int(found[2]), int(found[3])
    readings = {_day(year, two, one), _day(year, one, two)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _month_name(written: str) -> dt.date | None:
    # "Fri, 01 May 2020 10:00:00 GMT" (RFC 5322): the week day says nothing new.
    bare = re.sub(r"^[a-z]{3,9},? (?=\d)", "", written)
    if found := _DAY_MONTH.match(bare):
        return _day(int(found[3]), _MONTHS.get(found[2], 0), int(found[1]))
    if found := _MONTH_DAY.match(written):
        return _day(int(found[3]), _MONTHS.get(found[1], 0), int(found[2]))
    return None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:
        return None
