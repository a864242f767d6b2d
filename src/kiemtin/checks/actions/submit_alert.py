"""Hand a scam alert in for review."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.alert_transition import begin_alert, check_alert_complete, finish_alert
from kiemtin.checks.models import ScamAlert
from kiemtin.checks.workflow import Action


@transaction.atomic
def submit_alert(*, alert: ScamAlert, by: User, version: int) -> ScamAlert:
    """Submit the version that was read; who submits signs as its author.

    Raises
    ------
    NotAllowedError, WrongStateError, StaleVersionError
    IncompleteError
        Something is missing.
    """
    row = begin_alert(Action.SUBMIT_ALERT, alert=alert, by=by, version=version)
    check_alert_complete(row)
    row.author = by
    row.remarks = ""
    row.writers.add(by)
    finish_alert(Action.SUBMIT_ALERT, row=row, by=by)
    return row
