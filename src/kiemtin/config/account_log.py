"""What people do to their own accounts, as allauth tells it, goes into the log like all that is done."""

from __future__ import annotations

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.dispatch import Signal, receiver

from kiemtin.accounts.models import User
from kiemtin.staff.logged import log_person

_VERBS: dict[Signal, str] = {
    account.user_logged_in: "person.signed-in",
    account.user_logged_out: "person.signed-out",
    account.password_set: "person.password-changed",
    account.password_changed: "person.password-changed",
    account.password_reset: "person.password-chosen-by-link",
}
_FACTORS: dict[Signal, str] = {
    mfa.authenticator_added: "person.second-factor-added",
    mfa.authenticator_removed: "person.second-factor-removed",
    mfa.authenticator_reset: "person.recovery-codes-made",
}


@receiver(list(_VERBS))
def note(*, signal: Signal, user: User | None, **kwargs: object) -> None:
    """Note signing in and out, and passwords; nothing of where it came from."""
    if user is not None:
        log_person(_VERBS[signal], user=user, by=user.actor)


@receiver(list(_FACTORS))
def note_factor(*, signal: Signal, user: User, authenticator: Authenticator, **kwargs: object) -> None:
    """Note second factors that come and go, and recovery codes."""
    kind = str(authenticator.type)
    verb = _FACTORS[signal]
    if kind == Authenticator.Type.RECOVERY_CODES and signal is not mfa.authenticator_removed:
        verb = "person.recovery-codes-made"
    log_person(verb, user=user, by=user.actor, kind=kind)
