"""Attempts to sign in are counted in the database, under keys from which nobody reads whose they were."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

_SALT = "kiemtin.accounts.attempts"


def attempt_key(key: str, key_prefix: str, version: int) -> str:
    """Return the keyed hash under which a count is stored (Django's `KEY_FUNCTION`)."""
    return salted_hmac(_SALT, f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()
