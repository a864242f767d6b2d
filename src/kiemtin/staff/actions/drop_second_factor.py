"""Take a person's second factors away, for who has lost phone, key and recovery codes."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.accounts.sessions import end_sessions
from kiemtin.audit.record import record


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
    record(by=by, verb="person.second-factor-dropped", object_type="person", object_id=str(user.pk))
    return count
