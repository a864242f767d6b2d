"""Which hosts of private networks an administrator lets reviews be fetched from."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def fetch_allow(text: str) -> frozenset[tuple[str, int]]:
    """Return hosts with their ports from `host:port,[::1]:port`.

    Raises
    ------
    ImproperlyConfigured
        A part of it is not a host with a port: to allow more than was meant is no way out.
    """
    return frozenset(_pair(part.strip()) for part in text.split(",") if part.strip())


def _pair(part: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{part}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port or parts.netloc != part or set("@*") & set(part):
        raise ImproperlyConfigured(f"KIEMTIN_FETCH_ALLOW: “{part}” is not host:port")
    return host, port
