"""Give up a correction of a scam alert."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.models import ScamAlert
from kiemtin.checks.transition import begin, finish, settle
from kiemtin.checks.workflow import Action


@transaction.atomic
def discard_alert_correction(*, alert: ScamAlert, by: User) -> ScamAlert:
    """Put the working copy back to what is published.

    Raises
    ------
    NotAllowedError, WrongStateError
    """
    row = begin(Action.DISCARD_ALERT_CORRECTION, alert, by=by)
    settle(row)
    finish(Action.DISCARD_ALERT_CORRECTION, row=row, by=by)
    return row
