"""Tokens of programs: how they are made and found again. Only a hash is stored."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.utils import timezone

from kiemtin.accounts.models import ApiToken

PREFIX = "kt_"
_SHOWN = 11  # signs that tell it from others: the prefix and eight of its own


def new_secret() -> str:
    """Return a token that cannot be guessed: 256 bits."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what of a token is stored: its SHA-256, hex. It is random and long, so no salt is needed."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def shown_prefix(secret: str) -> str:
    """Return the part of a token that may be shown."""
    return secret[:_SHOWN]


def find_token(secret: str) -> ApiToken | None:
    """Return the token that somebody shows, with its desk, also if it lets nobody in any more; None for any other."""
    if not secret.startswith(PREFIX):
        return None
    return ApiToken.objects.select_related("desk").filter(digest=digest_of(secret)).first()


def note_used(token: ApiToken, *, today: dt.date | None = None) -> None:
    """Note the day on which a token was used: one write a day."""
    day = today or timezone.localdate()
    if token.last_used != day:
        token.last_used = day
        token.save(update_fields=["last_used"])
