"""What must stay true of a desk's administrators."""

from __future__ import annotations

from django.utils import timezone

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import Membership
from kiemtin.staff.exceptions import LastAdministratorError
from kiemtin.staff.invitations import open_invitations


def check_not_last(membership: Membership) -> None:
    """Check that a desk keeps an administrator without this one; call it inside the transaction that takes them away.

    Raises
    ------
    LastAdministratorError
        There is no other who can sign in.
    """
    if membership.role != Role.ADMINISTRATOR:
        return
    administrators = Membership.objects.select_for_update().filter(
        desk_id=membership.desk_id, role=Role.ADMINISTRATOR, user__is_active=True
    )
    if not [other for other in administrators if other.pk != membership.pk]:
        raise LastAdministratorError("a desk keeps an administrator")


def withdraw_invitations_of(membership: Membership) -> None:
    """Close the open invitations that a person gave who may no longer invite."""
    open_invitations(membership.desk).filter(invited_by_id=membership.user_id).update(revoked=timezone.now())
