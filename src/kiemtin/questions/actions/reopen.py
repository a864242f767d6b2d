"""Open a case again that was closed without a check."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.casework import begin, change, log
from kiemtin.questions.enums import CaseState
from kiemtin.questions.logged import log_reopened
from kiemtin.questions.models import Case, Request
from kiemtin.questions.outcomes import cancel_waiting


@transaction.atomic
def reopen(*, case: Case, by: User) -> Case:
    """Open the case again: what was not sent yet is not sent, and a first question answered no is asked anew.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    """
    row = begin(Action.REOPEN, case=case, by=by)
    before = row.state
    cancelled = cancel_waiting(case=row, requests=Request.objects.filter(message__case=row))
    asked_anew = {"nature": "", "nature_note": ""} if before == CaseState.NOT_CHECKABLE else {}
    change(row, state=RULES[Action.REOPEN].to, public_reason="", **asked_anew)
    log(Action.REOPEN, case=row, by=by, before=before, cancelled=cancelled)
    if before == CaseState.DECLINED:
        log_reopened(row)
    return row
