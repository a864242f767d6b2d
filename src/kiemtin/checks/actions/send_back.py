"""Send a draft back to its authors."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.hands import void_approval
from kiemtin.checks.models import FactCheck
from kiemtin.checks.transition import begin, finish, required
from kiemtin.checks.workflow import Action


@transaction.atomic
def send_back(*, fact_check: FactCheck, by: User, remarks: str) -> FactCheck:
    """Make a submitted or approved working copy a draft again, with what is to be mended.

    Raises
    ------
    NotAllowedError, WrongStateError
    EmptyTextError
        No remarks.
    """
    row = begin(Action.SEND_BACK, fact_check, by=by)
    row.remarks = required(remarks, field="remarks")
    void_approval(row)
    finish(Action.SEND_BACK, row=row, by=by)
    return row
