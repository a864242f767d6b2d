"""Invite somebody into a desk."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import Desk, Invitation, Membership, User
from kiemtin.audit.record import record
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action
from kiemtin.staff.exceptions import AlreadyMemberError
from kiemtin.staff.invitations import digest_of, open_invitations

VALID_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation and its secret, which is stored nowhere: it goes into one link, once."""

    invitation: Invitation
    secret: str = field(repr=False)


@transaction.atomic
def invite(*, desk: Desk, email: str, role: str, by: User) -> Invited:
    """Keep a place for who holds the secret; an open invitation of the same address is replaced.

    Raises
    ------
    NotAllowedError
        `by` may not manage the people of this desk.
    AlreadyMemberError
        The address belongs to a member.
    """
    check_may(Action.MANAGE_PEOPLE, user=by, desk=desk)
    email = User.objects.normalize_email(email).lower()
    if Membership.objects.filter(desk=desk, user__email__iexact=email).exists():
        raise AlreadyMemberError("this person is in the desk", desk=desk.slug)
    now = timezone.now()
    open_invitations(desk).filter(email__iexact=email).update(revoked=now)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        desk=desk,
        email=email,
        role=Role(role),
        digest=digest_of(secret),
        invited_by=by,
        created=now,
        expires=now + VALID_FOR,
    )
    record(
        by=by.actor,
        verb=RULES[Action.MANAGE_PEOPLE].verb,
        object_type="invitation",
        object_id=str(invitation.pk),
        desk=desk.slug,
        detail={"what": "invited", "role": str(role)},
    )
    return Invited(invitation, secret)
