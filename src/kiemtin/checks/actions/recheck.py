"""Say of a published check whose re-check is due: looked at again, it still holds."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.exceptions import PastDayError
from kiemtin.checks.models import FactCheck
from kiemtin.checks.transition import begin, note
from kiemtin.checks.workflow import Action


@transaction.atomic
def recheck(*, fact_check: FactCheck, by: User, again_on: dt.date | None = None) -> FactCheck:
    """Take the check out of what is due, until a day or for good. Nothing is published: nothing has changed.

    Raises
    ------
    NotAllowedError, WrongStateError, PastDayError
    """
    row = begin(Action.RECHECK, fact_check, by=by)
    if again_on is not None and again_on <= timezone.localdate():
        raise PastDayError("it is to be looked at again after today")
    row.recheck_on = again_on
    row.save(update_fields=["recheck_on"])
    note(Action.RECHECK, row=row, by=by, again_on=again_on.isoformat() if again_on else "")
    return row
