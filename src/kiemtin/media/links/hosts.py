"""Hosts under which the same page is shown: for phones, for AMP, by another name."""

from __future__ import annotations

import re

from kiemtin.media.links.domains import registrable

_SAME_PAGE = frozenset({"www", "m", "mobile", "touch", "mbasic", "wap", "amp"})
_ALIASES = {
    "fb.com": "facebook.com",
    "web.facebook.com": "facebook.com",
    "twitter.com": "x.com",
    "youtube-nocookie.com": "youtube.com",
}
_OF_LANGUAGE = re.compile(r"[a-z]{2}-[a-z]{2}\.(facebook\.com)")
_VIDEO = re.compile(r"/(?:embed|v|shorts|live)/([\w-]{6,20})")


def plain_host(host: str) -> str:
    """Return the host without what is only for phones, and under the best known of its names."""
    while True:
        first, _, rest = host.partition(".")
        if first in _SAME_PAGE and rest and registrable(rest) == registrable(host) != rest.partition(".")[2]:
            host = rest
        elif found := _OF_LANGUAGE.fullmatch(host):
            host = found[1]
        elif host in _ALIASES:
            host = _ALIASES[host]
        else:
            return host


def plain_place(host: str, path: str, query: str) -> tuple[str, str, str]:
    """Return host, path and query with other addresses of a YouTube video as the one that everybody knows."""
    if host == "youtu.be" and re.fullmatch(r"/[\w-]{6,20}", path):
        return "youtube.com", "/watch", f"v={path[1:]}" + (f"&{query}" if query else "")
    if host == "youtube.com" and (found := _VIDEO.fullmatch(path)):
        return host, "/watch", f"v={found[1]}" + (f"&{query}" if query else "")
    return host, path, query


def without_amp(path: str) -> str:
    """Return the path of the page that an AMP page is made from."""
    while True:
        bare = re.sub(r"/+$", "", path)
        if len(bare) > len("/amp") and bare.endswith(("/amp", ".amp")):
            bare = bare[: -len("/amp")]
        if bare == path:
            return path
        path = bare
