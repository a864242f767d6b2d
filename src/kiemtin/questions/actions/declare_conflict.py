"""Declare an interest in a case."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import Action
from kiemtin.questions.casework import begin, change, filled, log
from kiemtin.questions.models import Case, Conflict


@transaction.atomic
def declare_conflict(*, case: Case, by: User, reason: str) -> Conflict:
    """Keep the person away from work on the case from now on; if it was theirs, it is put back.

    The reason is for the desk and stays out of the log. A declaration stands: declared again, only its reason is the
    new one.

    Raises
    ------
    NotAllowedError, WrongStateError
    EmptyTextError
        No reason.
    """
    row = begin(Action.DECLARE_CONFLICT, case=case, by=by)
    conflict, _ = Conflict.objects.update_or_create(
        case=row, person=by, defaults={"reason": filled(reason, field="reason")}
    )
    was_theirs = row.assignee_id == by.pk
    if was_theirs:
        change(row, assignee=None)
    log(Action.DECLARE_CONFLICT, case=row, by=by, released=was_theirs)
    return conflict
