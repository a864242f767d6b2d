"""Start the fact-check of a case."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.actions.start_fact_check import start_fact_check
from kiemtin.checks.enums import Nature
from kiemtin.checks.models import FactCheck
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.casework import begin, change, log
from kiemtin.questions.exceptions import HasFactCheckError, NotAFactError
from kiemtin.questions.models import Case


@transaction.atomic
def start_draft(*, case: Case, by: User) -> FactCheck:
    """Make the draft of the case's fact-check, still empty; who starts it has the case if nobody had.

    Who starts it has written nothing yet, and so may be the one who approves it in the end.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    NotAFactError
        The first question was not answered with yes.
    HasFactCheckError
        There is one.
    """
    row = begin(Action.START_DRAFT, case=case, by=by)
    if row.nature != Nature.FACT:
        raise NotAFactError(f"case {row.pk}: nature is {row.nature or 'not said'}")
    if row.fact_check_id is not None:
        raise HasFactCheckError(f"case {row.pk} has one")
    check = start_fact_check(desk=row.desk, by=by, language=row.language or row.desk.language)
    assigned = {} if row.assignee_id else {"assignee": by}
    change(row, state=RULES[Action.START_DRAFT].to, fact_check=check, external_review=None, **assigned)
    log(Action.START_DRAFT, case=row, by=by, fact_check=check.pk)
    return check
