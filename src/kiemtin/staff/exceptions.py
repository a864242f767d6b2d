"""Errors of what is done to desks and people. Each has a stable `code`."""

from __future__ import annotations

from kiemtin.checks.exceptions import WorkError


class DeskExistsError(WorkError):
    """There is a desk with this slug."""

    code = "desk-exists"


class ReservedSlugError(WorkError):
    """The slug is the beginning of another address."""

    code = "reserved-slug"


class BadSlugError(WorkError):
    """The slug is not made of small letters, digits and hyphens."""

    code = "bad-slug"


class IntakeTakenError(WorkError):
    """Another desk takes in the questions; `params["desk"]` names it."""

    code = "intake-taken"


class AlreadyMemberError(WorkError):
    """The person has a role in this desk; it can be changed."""

    code = "already-member"


class LastAdministratorError(WorkError):
    """Without this person nobody could manage the desk."""

    code = "last-administrator"


class InvitationError(WorkError):
    """There is no such invitation, or it can no longer be accepted; `params["reason"]` says which."""

    code = "invitation-closed"


class AccountExistsError(WorkError):
    """The address that was invited has an account: its owner signs in to accept."""

    code = "account-exists"


class OtherAddressError(WorkError):
    """Who is signed in has another address than the one that was invited."""

    code = "other-address"


class BadTokenError(WorkError):
    """A token cannot be made like this; `params["field"]` says what is missing or wrong."""

    code = "bad-token"


class TokenClosedError(WorkError):
    """The token was revoked before, or its time is over."""

    code = "token-closed"
