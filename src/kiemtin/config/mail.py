"""From the address of a mail server to Django's settings."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_PORTS = {"smtp": 587, "smtps": 465}


def mail_settings(address: str) -> dict[str, object]:
    """Return the settings for `smtp://USER:PASSWORD@HOST:PORT?tls=none`; see `kiemtin.config.settings`.

    Raises
    ------
    ImproperlyConfigured
        The address is no address of a mail server.
    """
    if not address:
        return {}
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ImproperlyConfigured("KIEMTIN_MAIL must look like smtp://USER:PASSWORD@HOST:PORT")
    is_plain = parse_qs(parts.query).get("tls") == ["none"]
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or _PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not is_plain,
    }
