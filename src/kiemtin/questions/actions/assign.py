"""Give a case to somebody."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.exceptions import ConflictOfInterestError
from kiemtin.checks.permissions import role_in
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.casework import begin, change, log
from kiemtin.questions.exceptions import CannotWorkError
from kiemtin.questions.models import Case
from kiemtin.questions.permissions import has_conflict


@transaction.atomic
def assign(*, case: Case, person: User, by: User) -> Case:
    """Make a person of the desk the one who works on the case.

    Raises
    ------
    NotAllowedError, WrongStateError
    ConflictOfInterestError
        The person who assigns, or the one it is for, declared an interest.
    CannotWorkError
        The person could not take the case by themselves.
    """
    row = begin(Action.ASSIGN, case=case, by=by)
    if role_in(person, row.desk) not in RULES[Action.TAKE].roles:
        raise CannotWorkError(f"{person.actor} does not check at this desk")
    if has_conflict(person, row):
        raise ConflictOfInterestError("the assignee declared an interest", action=Action.ASSIGN)
    if row.assignee_id != person.pk:
        change(row, assignee=person)
        log(Action.ASSIGN, case=row, by=by, to=person.actor)
    return row
