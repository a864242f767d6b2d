"""Take a case to work on it."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import Action
from kiemtin.questions.casework import begin, change, log
from kiemtin.questions.exceptions import AlreadyTakenError
from kiemtin.questions.models import Case


@transaction.atomic
def take(*, case: Case, by: User) -> Case:
    """Make the person who asks the one who works on the case; taking one's own case again changes nothing.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    AlreadyTakenError
        Somebody else was quicker.
    """
    row = begin(Action.TAKE, case=case, by=by)
    if row.assignee_id == by.pk:
        return row
    if row.assignee_id is not None:
        raise AlreadyTakenError(f"case {row.pk} is assigned")
    change(row, assignee=by)
    log(Action.TAKE, case=row, by=by, to=by.actor)
    return row
