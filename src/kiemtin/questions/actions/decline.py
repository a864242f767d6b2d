"""Decline a case."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.casework import begin, change, filled, log
from kiemtin.questions.logged import log_declined
from kiemtin.questions.models import Case, Request
from kiemtin.questions.outcomes import queue_outcome


@transaction.atomic
def decline(*, case: Case, by: User, reason: str) -> Case:
    """Say publicly that and why the desk does not check the claim, and tell those who asked.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    EmptyTextError
        No reason.
    """
    row = begin(Action.DECLINE, case=case, by=by)
    change(row, state=RULES[Action.DECLINE].to, public_reason=filled(reason, field="reason"))
    told = queue_outcome(case=row, requests=Request.objects.filter(message__case=row))
    log(Action.DECLINE, case=row, by=by, told=told)
    log_declined(row)
    return row
