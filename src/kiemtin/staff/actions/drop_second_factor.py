"""Take a person's second factors away, for who has lost phone, key and recovery codes."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.accounts.sessions import end_sessions
from kiemtin.staff.logged import log_person


@transaction.atomic
def drop_second_factor(*, user: User, by: str) -> int:
    """Delete passkeys, app and recovery codes, and end all sessions: whoever signs in next sets them up anew.

    Only the command line does it: whoever holds the machine has seen who asks.

    Returns
    -------
    int
        How many were taken away.
    """
    count: int = Authenticator.objects.filter(user=user).delete()[0]
    end_sessions(user)
    log_person("person.second-factor-dropped", user=user, by=by)
    return count
