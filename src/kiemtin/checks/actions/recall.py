"""Take a submitted draft back."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.models import FactCheck
from kiemtin.checks.transition import begin, finish
from kiemtin.checks.workflow import Action


@transaction.atomic
def recall(*, fact_check: FactCheck, by: User) -> FactCheck:
    """Make a submitted working copy a draft again, unchanged.

    Raises
    ------
    NotAllowedError, WrongStateError
    """
    row = begin(Action.RECALL, fact_check, by=by)
    finish(Action.RECALL, row=row, by=by)
    return row
