"""Give a person a role in a desk without an invitation: for the command line, which has the machine."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.enums import Role
from kiemtin.accounts.models import Desk, Membership, User
from kiemtin.audit.record import record
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.checks.workflow import RULES, Action
from kiemtin.staff.exceptions import AlreadyMemberError


@transaction.atomic
def add_person(  # noqa: PLR0913  (a person, a desk, a role)
    *, email: str, name: str, desk: Desk, role: str, by: str, password: str | None = None
) -> User:
    """Store the membership, and the person if the address is new (then without a password, unless one is given).

    Raises
    ------
    AlreadyMemberError
        They are in this desk.
    EmptyTextError
        A new person has a name.
    """
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        if not name.strip():
            raise EmptyTextError("a person has a name", field="name")
        user = User.objects.create_user(email=email, name=name.strip(), password=password)
    elif Membership.objects.filter(user=user, desk=desk).exists():
        raise AlreadyMemberError("this person is in the desk", desk=desk.slug)
    Membership.objects.create(user=user, desk=desk, role=Role(role))
    record(
        by=by,
        verb=RULES[Action.MANAGE_PEOPLE].verb,
        object_type="person",
        object_id=str(user.pk),
        desk=desk.slug,
        detail={"what": "added", "role": str(role)},
    )
    return user
