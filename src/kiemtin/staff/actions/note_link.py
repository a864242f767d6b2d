"""Note that somebody was given a link at which they choose a password."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.staff.logged import log_person


@transaction.atomic
def note_link(*, user: User, by: str) -> None:
    """Write it into the log: whoever has the link can become that person, short of the second factor."""
    log_person("person.link-given", user=user, by=by)
