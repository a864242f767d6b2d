"""Take a person out of a desk."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import Membership, User
from kiemtin.accounts.sessions import end_sessions
from kiemtin.audit.record import record
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action
from kiemtin.staff.administrators import check_not_last, withdraw_invitations_of


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    """End a membership and the person's sessions, from the next request on; account and published name stay.

    Raises
    ------
    NotAllowedError
        `by` may not manage the people of the desk.
    Membership.DoesNotExist
        Somebody has done it already.
    LastAdministratorError
        The desk would have no administrator.
    """
    check_may(Action.MANAGE_PEOPLE, user=by, desk=membership.desk)
    check_not_last(membership)
    withdraw_invitations_of(membership)
    role = membership.role
    if not Membership.objects.filter(pk=membership.pk).delete()[0]:
        raise Membership.DoesNotExist
    end_sessions(membership.user)
    record(
        by=by.actor,
        verb=RULES[Action.MANAGE_PEOPLE].verb,
        object_type="person",
        object_id=str(membership.user_id),
        desk=membership.desk.slug,
        detail={"what": "removed", "role": role},
    )
