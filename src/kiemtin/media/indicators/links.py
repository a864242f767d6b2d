"""Hosts of offers, and links that lead into one on a host of many."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from kiemtin.media.indicators.indicator import Indicator, Kind
from kiemtin.media.links.domains import to_unicode
from kiemtin.media.links.known import is_well_known
from kiemtin.media.links.link import Link, Trait, defanged

# On these hosts of many, one place belongs to one offer: a group, a form, a page that anybody makes.
_PLACES = (
    (re.compile(r"t\.me|telegram\.me"), re.compile(r"/(?:joinchat/|\+)[\w-]{8,}")),
    (re.compile(r"zalo\.me"), re.compile(r"/g/\w{4,}")),
    (re.compile(r"chat\.whatsapp\.com"), re.compile(r"/\w{10,}")),
    (re.compile(r"forms\.gle"), re.compile(r"/\w{8,}")),
    (re.compile(r"docs\.google\.com"), re.compile(r"/forms/d/(?:e/)?[\w-]{10,}")),
    (re.compile(r"sites\.google\.com"), re.compile(r"/(?:view|site)/[\w-]{2,}")),
)
_NUMBER = re.compile(r"\d{6,}")
_LONGEST = 80


def of_link(link: Link) -> Indicator | None:
    """Return the indicator of a link; None where its host is everybody's."""
    parts = urlsplit(link.canonical)
    path = parts.path.rstrip("/")
    if Trait.SHORT in link.traits:
        return _place(link.host, path) if path else None
    for host, places in _PLACES:
        if host.fullmatch(link.host):
            found = places.match(path)
            return _place(link.host, found[0]) if found else None
    if is_well_known(link.host):
        return None
    return Indicator(Kind.DOMAIN, link.domain, defanged(to_unicode(link.domain)))


def _place(host: str, path: str) -> Indicator:
    # A number in the path may be somebody's.
    shown = defanged(host) + _NUMBER.sub(lambda number: f"…{number[0][-3:]}", path)
    return Indicator(Kind.SHORT_LINK, f"{host}{path}", shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…")
