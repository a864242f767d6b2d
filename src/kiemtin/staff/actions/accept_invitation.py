"""Accept an invitation: as somebody new, or as somebody who has an account and is signed in."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import Invitation, Membership, User
from kiemtin.audit.record import record
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.staff.exceptions import AccountExistsError, AlreadyMemberError, InvitationError, OtherAddressError
from kiemtin.staff.invitations import find_invitation


@transaction.atomic
def accept_invitation(*, secret: str, name: str = "", password: str = "", by: User | None = None) -> Membership:
    """Make the membership, and the account if there is none; the secret is good for this once.

    Parameters
    ----------
    name, password
        Of somebody new.
    by
        Who is signed in; None makes an account.

    Raises
    ------
    InvitationError
        There is no such invitation, or it is no longer open.
    AccountExistsError
        Nobody is signed in, and the address that was invited has an account.
    OtherAddressError
        Somebody else is signed in.
    AlreadyMemberError
        The person is in the desk.
    EmptyTextError, django.core.exceptions.ValidationError
        The name is empty; the password is too weak.
    """
    invitation = find_invitation(secret)
    user = _account(invitation, name=name, password=password) if by is None else by
    if user.email.lower() != invitation.email.lower():
        raise OtherAddressError("the invitation is for another address")
    if Membership.objects.filter(user=user, desk=invitation.desk).exists():
        raise AlreadyMemberError("this person is in the desk", desk=invitation.desk.slug)
    # The condition makes it one use, whatever happens at the same moment.
    if not Invitation.objects.filter(pk=invitation.pk, accepted=None, revoked=None).update(accepted=timezone.now()):
        raise InvitationError("the invitation is no longer open", reason="accepted")
    membership = Membership.objects.create(user=user, desk=invitation.desk, role=invitation.role)
    record(
        by=user.actor,
        verb="invitation.accepted",
        object_type="invitation",
        object_id=str(invitation.pk),
        desk=invitation.desk.slug,
        detail={"role": invitation.role},
    )
    return membership


def _account(invitation: Invitation, *, name: str, password: str) -> User:
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise AccountExistsError("this address has an account")
    if not name.strip():
        raise EmptyTextError("a person has a name", field="name")
    validate_password(password, User(email=invitation.email, name=name))
    return User.objects.create_user(email=invitation.email, name=name.strip(), password=password)
