"""Close a case that is no statement of fact."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.enums import Nature
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.casework import begin, change, log
from kiemtin.questions.exceptions import FactError
from kiemtin.questions.models import Case, Request
from kiemtin.questions.outcomes import queue_outcome

_ACTION = Action.CLOSE_NOT_CHECKABLE


@transaction.atomic
def close_not_checkable(*, case: Case, by: User, nature: Nature, note: str = "") -> Case:
    """Close the case without a rating and tell those who asked why, kindly.

    Parameters
    ----------
    note
        The desk's own words for them; without it the explanation of the nature stands, in the language of each
        (`questions.explanations`).

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    FactError
        A statement of fact can be checked.
    """
    row = begin(_ACTION, case=case, by=by)
    if Nature(nature) is Nature.FACT:
        raise FactError("a fact is checkable")
    change(row, state=RULES[_ACTION].to, nature=Nature(nature), nature_note=note.strip())
    told = queue_outcome(case=row, requests=Request.objects.filter(message__case=row))
    log(_ACTION, case=row, by=by, nature=row.nature, told=told)
    return row
