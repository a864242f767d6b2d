"""One form for all ways to write the address of a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_plus

from ada_url import URL

from kiemtin.media.links.domains import registrable
from kiemtin.media.links.hosts import plain_host, plain_place, without_amp
from kiemtin.media.links.parameters import is_tracking
from kiemtin.media.links.wrappers import inside

LONGEST = 4000
"""Characters of a link that is looked at."""

_SCHEME = re.compile(r"h(?:tt|xx)p(s?)://", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_BROKEN_DOT = re.compile(r"\[\.\]|\(\.\)")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3
_AMP_VALUES = frozenset({"view=amp", "mode=amp", "type=amp", "m=amp"})


@dataclass(frozen=True, slots=True)
class Address:
    """A link as it counts.

    Attributes
    ----------
    canonical
        The same for all links to a page; begins with `https://`, whether it was secure or not.
    host
        In ASCII (punycode), as it was written, but for the links around it.
    target
        The address itself, out of what was around it: what would be fetched.
    around
        The host of the redirect that it stood in; empty if in none.
    has_user
        Whether it names a user before its host, which is then easily taken for the host.
    """

    canonical: str
    host: str
    target: str
    around: str = ""
    has_user: bool = False


def address_of(written: str) -> Address | None:
    """Return what a link is an address of; None if it is no address of the web. Raises nothing."""
    url, around, has_user = _parsed(written), "", False
    canonical: str | None = None
    target: URL | None = None
    while url is not None:
        has_user = has_user or bool(url.username or url.password)
        if further := _inside(url):
            around, canonical, target, url = around or url.hostname, None, None, further
            continue
        # One step can make way for another, also for a redirect: until nothing changes. Each makes it shorter.
        target = target or url
        before, canonical = canonical, _canonical(url)
        if canonical is None or canonical == before:
            break
        url = _parsed(canonical)
    if canonical is None or target is None or url is None:
        return None
    return Address(canonical, target.hostname.rstrip("."), target.href, around, has_user)


def canonical_form(written: str) -> str:
    """Return the canonical form of a link; empty if it is no address of the web. Of its own result it is the same."""
    found = address_of(written)
    return found.canonical if found else ""


def _parsed(written: str) -> URL | None:
    """Read an address as browsers do (WHATWG URL)."""
    text = written.strip()
    if not text or len(text) > LONGEST:
        return None
    if found := _SCHEME.match(text):
        text = f"http{found[1]}://{text[found.end() :]}"
    elif _ANY_SCHEME.match(text):
        return None
    else:
        text = f"https://{text.lstrip('/')}"
    cut = next((at for at, sign in enumerate(text) if at > len("https://") and sign in "/?#"), len(text))
    text = _BROKEN_DOT.sub(".", text[:cut]) + text[cut:]
    try:
        url = URL(text)
    except (ValueError, UnicodeError):
        return None
    host = url.hostname.rstrip(".")
    return url if (url.protocol in ("http:", "https:") and "." in host) or host.startswith("[") else None


def _inside(url: URL) -> URL | None:
    """Return the address that another one carries, which is shorter."""
    found = inside(plain_host(url.hostname.rstrip(".")), url.pathname, url.search.removeprefix("?"))
    return _parsed(found) if found and len(found) < len(url.href) else None


def _canonical(url: URL) -> str | None:
    path, query, fragment = url.pathname, url.search.removeprefix("?"), url.hash.removeprefix("#")
    port = "" if url.port in ("", "80", "443") else f":{url.port}"
    host, path, query = plain_place(plain_host(url.hostname.rstrip(".")), path, query)
    path = without_amp(_escapes(path))
    query = _query(query, registrable(host))
    route = _escapes(fragment) if fragment.startswith(("/", "!/")) else ""
    whole = f"https://{host}{port}{path or '/'}{'?' + query if query else ''}{'#' + route if route else ''}"
    return whole if len(whole) <= LONGEST else None


def _query(query: str, domain: str) -> str:
    """Return the parameters that say which page it is, in the order of the alphabet."""
    kept = [
        _escapes(part)
        for part in query.split("&")
        if part and not is_tracking(unquote_plus(part.partition("=")[0]), domain) and part.lower() not in _AMP_VALUES
    ]
    return "&".join(sorted(kept))


def _escapes(text: str) -> str:
    """Write percent escapes in one way (RFC 3986, 6.2.2): capitals, and none for what needs none."""
    while True:
        plain = _ESCAPE.sub(_escape, text)
        if plain == text:
            return text
        text = plain


def _escape(match: re.Match[str]) -> str:
    sign = chr(int(match[1], 16))
    return sign if sign in _UNRESERVED else match[0].upper()
