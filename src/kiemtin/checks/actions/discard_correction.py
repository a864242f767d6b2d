"""Give up a correction that was begun."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.models import FactCheck
from kiemtin.checks.transition import begin, finish, settle
from kiemtin.checks.workflow import Action


@transaction.atomic
def discard_correction(*, fact_check: FactCheck, by: User) -> FactCheck:
    """Put the working copy back to what is published.

    Raises
    ------
    NotAllowedError, WrongStateError
    """
    row = begin(Action.DISCARD_CORRECTION, fact_check, by=by)
    settle(row)
    finish(Action.DISCARD_CORRECTION, row=row, by=by, round=row.round)
    return row
