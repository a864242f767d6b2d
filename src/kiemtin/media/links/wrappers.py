"""Links that carry another link inside: redirects of networks, and AMP pages in a search engine's cache."""

from __future__ import annotations

import re
from urllib.parse import unquote

from kiemtin.media.links.domains import registrable

_ANY = ("u", "url", "q", "to", "link", "redirect", "redirect_uri", "target", "z")
_GOOGLE = re.compile(r"(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}")
_WRAPPERS: tuple[tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"(?:l|lm|www|m)\.facebook\.com|facebook\.com"), re.compile(r"/(?:l\.php|flx/warn/?)"), ("u",)),
    (
        re.compile(r"(?:www\.|m\.)?facebook\.com"),
        re.compile(r"/(?:sharer/sharer\.php|sharer\.php|share\.php)"),
        ("u", "href"),
    ),
    (re.compile(r"l\.(?:instagram|messenger|threads)\.(?:com|net)"), re.compile(r"/.*"), ("u",)),
    (_GOOGLE, re.compile(r"/url"), ("q", "url")),
    (re.compile(r"(?:www\.|m\.)?youtube\.com"), re.compile(r"/redirect"), ("q",)),
    # Sharing and leaving Zalo: several hosts of theirs, the link always in a parameter.
    (re.compile(r"(?:[a-z0-9-]+\.)*(?:zalo\.me|zaloapp\.com)"), re.compile(r"/.*"), ("u", "url", "link", "continue")),
    (re.compile(r"(?:[a-z0-9-]+\.)*safelinks\.protection\.outlook\.com"), re.compile(r"/.*"), ("url",)),
    (re.compile(r"(?:www\.)?linkedin\.com"), re.compile(r"/(?:redir/redirect|safety/go)/?"), ("url",)),
    (re.compile(r"vk\.com"), re.compile(r"/away\.php"), ("to",)),
    (
        re.compile(r"out\.reddit\.com|slack-redir\.net|t\.umblr\.com|href\.li|steamcommunity\.com"),
        re.compile(r"/.*"),
        _ANY,
    ),
    (re.compile(r"(?:www\.|m\.)?tiktok\.com"), re.compile(r"/link/v2"), ("target",)),
)
_AMP_OF_GOOGLE = re.compile(r"/amp/(s/)?([^/?#]+\.[^/?#]+(?:/.*)?)")
_AMP_CACHE = re.compile(r"/(?:c|v|i|a|wp)/(s/)?([^/?#]+\.[^/?#]+(?:/.*)?)")
_ADDRESS = re.compile(r"https?://[^/\s]+\S*", re.IGNORECASE)


def inside(host: str, path: str, query: str) -> str:
    """Return the address that another one carries; empty if it carries none."""
    if _GOOGLE.fullmatch(host) and (found := _AMP_OF_GOOGLE.fullmatch(path)):
        return _amp(found, query)
    if registrable(host).endswith("ampproject.org") and (found := _AMP_CACHE.fullmatch(path)):
        return _amp(found, query)
    names = next((names for at, where, names in _WRAPPERS if at.fullmatch(host) and where.fullmatch(path)), ())
    given = dict(reversed([part.partition("=")[::2] for part in query.split("&")]))
    for name in names:
        address = unquote(given.get(name, ""))
        if _ADDRESS.fullmatch(address):
            return address
    return ""


def _amp(found: re.Match[str], query: str) -> str:
    scheme = "https" if found[1] else "http"
    return f"{scheme}://{found[2]}" + (f"?{query}" if query else "")
