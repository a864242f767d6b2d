"""Begin to correct a published fact-check."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.models import FactCheck
from kiemtin.checks.transition import begin, finish, settle
from kiemtin.checks.workflow import Action


@transaction.atomic
def start_correction(*, fact_check: FactCheck, by: User) -> FactCheck:
    """Open a new round of work on what is published; the public sees nothing of it until it is published.

    Raises
    ------
    NotAllowedError, WrongStateError
    """
    row = begin(Action.START_CORRECTION, fact_check, by=by)
    settle(row)
    row.round += 1
    finish(Action.START_CORRECTION, row=row, by=by, round=row.round)
    return row
