"""Ending what is open under a person's name."""

from __future__ import annotations

from django.db.models import F

from kiemtin.accounts.models import User


def end_sessions(user: User) -> None:
    """End all sessions of a person, in whatever browser, with their next request."""
    User.objects.filter(pk=user.pk).update(sign_outs=F("sign_outs") + 1)
    user.refresh_from_db(fields=["sign_outs"])
