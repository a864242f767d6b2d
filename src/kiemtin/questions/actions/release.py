"""Let go of a case."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import Action
from kiemtin.questions.casework import begin, change, log
from kiemtin.questions.models import Case


@transaction.atomic
def release(*, case: Case, by: User) -> Case:
    """Put a case back, so that anybody may take it; one that nobody has stays as it is.

    Raises
    ------
    NotAllowedError, WrongStateError
    """
    row = begin(Action.RELEASE, case=case, by=by)
    if row.assignee is not None:
        held = row.assignee.actor
        change(row, assignee=None)
        log(Action.RELEASE, case=row, by=by, held=held)
    return row
