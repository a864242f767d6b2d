"""Answer the first question of a case: whether it is a checkable statement of fact."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.enums import Nature
from kiemtin.checks.workflow import Action
from kiemtin.questions.casework import begin, change, log
from kiemtin.questions.models import Case


@transaction.atomic
def say_nature(*, case: Case, by: User, nature: Nature) -> Case:
    """Say what kind of statement the case is about. Nothing is told to anybody by that.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    """
    row = begin(Action.SAY_NATURE, case=case, by=by)
    change(row, nature=Nature(nature))
    log(Action.SAY_NATURE, case=row, by=by, nature=row.nature)
    return row
