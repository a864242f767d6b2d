"""Who has just shown a new passkey or app has shown their second factor: it is not asked for again in this session."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver
from django.http import HttpRequest

from kiemtin.accounts.models import User


@receiver(authenticator_added)
def remember(*, request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object) -> None:
    """Write it into the session, as allauth does when a second factor is used."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)
