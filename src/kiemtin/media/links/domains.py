"""Names of hosts: which part of them somebody registered.

The list of endings (publicsuffix.org, with its private part, so that each site of a hosting platform stands for itself)
comes with the package; nothing is fetched.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import ip_address

from ada_url import idna_to_ascii, idna_to_unicode
from publicsuffixlist import PublicSuffixList

_LONGEST = 253  # characters of a name (RFC 1035)


@lru_cache(1)
def _endings() -> PublicSuffixList:
    return PublicSuffixList()


@lru_cache(2048)
def registrable(host: str) -> str:
    """Return the part of a host that somebody registered: `a.b.com.vn` → `b.com.vn`; the host itself if it is none."""
    if is_number(host) or len(host) > _LONGEST:
        return host
    try:
        found = _endings().privatesuffix(host)
    except ValueError:
        return host
    return str(found or host)


def is_number(host: str) -> bool:
    """Whether a host is an address in figures."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def to_unicode(host: str) -> str:
    """Return a host as people read it (UTS 46); as it is where it cannot be read."""
    if not host.isascii() or "xn--" not in host:
        return host
    return str(idna_to_unicode(host)) or host


def to_ascii(host: str) -> str:
    """Return a host as the network asks for it (UTS 46, punycode); empty if there is none such."""
    try:
        return str(idna_to_ascii(host).decode("ascii"))
    except (ValueError, UnicodeError):
        return ""
