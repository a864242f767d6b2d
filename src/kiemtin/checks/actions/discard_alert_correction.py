"""Give up a correction of a scam alert."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.alert_transition import begin_alert, finish_alert, settle_alert
from kiemtin.checks.models import ScamAlert
from kiemtin.checks.workflow import Action


@transaction.atomic
def discard_alert_correction(*, alert: ScamAlert, by: User) -> ScamAlert:
    """Put the working copy back to what is published.

    Raises
    ------
    NotAllowedError, WrongStateError
    """
    row = begin_alert(Action.DISCARD_ALERT_CORRECTION, alert=alert, by=by)
    settle_alert(row)
    finish_alert(Action.DISCARD_ALERT_CORRECTION, row=row, by=by)
    return row
