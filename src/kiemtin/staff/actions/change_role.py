"""Change what a person is in a desk."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import Membership, User
from kiemtin.audit.record import record
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action
from kiemtin.staff.administrators import check_not_last, withdraw_invitations_of


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> Membership:
    """Store another role; an administrator's open invitations end with their right to invite.

    Raises
    ------
    NotAllowedError
        `by` may not manage the people of the desk.
    LastAdministratorError
        The desk would have none.
    """
    check_may(Action.MANAGE_PEOPLE, user=by, desk=membership.desk)
    membership = Membership.objects.select_for_update().select_related("desk", "user").get(pk=membership.pk)
    before, after = membership.role, Role(role)
    if after == before:
        return membership
    check_not_last(membership)
    membership.role = after
    membership.save(update_fields=["role"])
    if before == Role.ADMINISTRATOR:
        withdraw_invitations_of(membership)
    record(
        by=by.actor,
        verb=RULES[Action.MANAGE_PEOPLE].verb,
        object_type="person",
        object_id=str(membership.user_id),
        desk=membership.desk.slug,
        detail={"what": "role-changed", "before": before, "role": str(after)},
    )
    return membership
