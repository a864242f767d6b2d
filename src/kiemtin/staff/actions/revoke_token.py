"""Take a token back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import ApiToken, User
from kiemtin.audit.record import record
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action
from kiemtin.staff.exceptions import TokenClosedError


@transaction.atomic
def revoke_token(*, token: ApiToken, by: User) -> None:
    """End a token, from the next call on; what was handed in with it stays.

    Raises
    ------
    NotAllowedError
        `by` may not manage the tokens of its desk.
    TokenClosedError
        It was revoked before, or its time is over.
    """
    check_may(Action.MANAGE_TOKENS, user=by, desk=token.desk)
    now = timezone.now()
    standing = ApiToken.objects.filter(pk=token.pk, revoked=None, expires__gt=now)
    if not standing.update(revoked=now, revoked_by=by):
        raise TokenClosedError("the token lets nobody in any more")
    record(
        by=by.actor,
        verb=RULES[Action.MANAGE_TOKENS].verb,
        object_type="token",
        object_id=str(token.pk),
        desk=token.desk.slug,
        detail={"what": "revoked"},
    )
