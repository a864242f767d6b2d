"""Send a scam alert back to its authors."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.models import ScamAlert
from kiemtin.checks.transition import begin, finish, required
from kiemtin.checks.workflow import Action


@transaction.atomic
def send_back_alert(*, alert: ScamAlert, by: User, remarks: str) -> ScamAlert:
    """Make a submitted alert a draft again, with what is to be mended.

    Raises
    ------
    NotAllowedError, WrongStateError
    EmptyTextError
        No remarks.
    """
    row = begin(Action.SEND_BACK_ALERT, alert, by=by)
    row.remarks = required(remarks, field="remarks")
    row.author = None
    finish(Action.SEND_BACK_ALERT, row=row, by=by)
    return row
