"""Finding invitations."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet
from django.utils import timezone

from kiemtin.accounts.models import Desk, Invitation
from kiemtin.staff.exceptions import InvitationError


def digest_of(secret: str) -> str:
    """Return what of a secret is stored: its SHA-256, hex. It is random and long, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_invitations(desk: Desk) -> QuerySet[Invitation]:
    """Return the invitations of a desk that can still be accepted."""
    return desk.invitations.filter(accepted=None, revoked=None, expires__gt=timezone.now())


def find_invitation(secret: str) -> Invitation:
    """Return the invitation that a secret opens, with its desk, locked for the transaction that one is in.

    Raises
    ------
    InvitationError
        There is none, or it was used, revoked or is too old: `params["reason"]` is `unknown`, `accepted`, `revoked`
        or `expired`.
    """
    invitation = Invitation.objects.select_related("desk").filter(digest=digest_of(secret)).first()
    if invitation is None:
        raise InvitationError("no such invitation", reason="unknown")
    if not invitation.is_open:
        raise InvitationError("the invitation is no longer open", reason=_reason(invitation))
    return invitation


def _reason(invitation: Invitation) -> str:
    if invitation.accepted:
        return "accepted"
    return "revoked" if invitation.revoked else "expired"
