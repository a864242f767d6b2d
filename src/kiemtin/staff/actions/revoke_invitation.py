"""Take an invitation back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import Invitation, User
from kiemtin.audit.record import record
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action
from kiemtin.staff.exceptions import InvitationError
from kiemtin.staff.invitations import open_invitations


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User) -> None:
    """Close an open invitation: its link no longer works.

    Raises
    ------
    NotAllowedError
        `by` may not manage the people of its desk.
    InvitationError
        It is no longer open.
    """
    check_may(Action.MANAGE_PEOPLE, user=by, desk=invitation.desk)
    if not open_invitations(invitation.desk).filter(pk=invitation.pk).update(revoked=timezone.now()):
        raise InvitationError("the invitation is no longer open", reason="closed")
    record(
        by=by.actor,
        verb=RULES[Action.MANAGE_PEOPLE].verb,
        object_type="invitation",
        object_id=str(invitation.pk),
        desk=invitation.desk.slug,
        detail={"what": "revoked", "role": invitation.role},
    )
