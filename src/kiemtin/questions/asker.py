"""Tells askers apart for one day without knowing who they are."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.crypto import salted_hmac

_SALT = "kiemtin.questions.asker"


def asker_of(*, address: str, agent: str, day: dt.date | None = None) -> str:
    """Return a keyed hash of address and browser, hex; another one each day, so that nobody is known again.

    Empty where there is no address: then every question is of an asker of its own. The hash is taken out of the
    database after its day (see `purge`).
    """
    if not address:
        return ""
    key = f"{_SALT}:{(day or timezone.localdate()).isoformat()}"
    return salted_hmac(key, f"{address}\0{agent}", algorithm="sha256").hexdigest()
