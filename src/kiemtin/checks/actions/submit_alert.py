"""Hand a scam alert in for review."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.hands import add_author
from kiemtin.checks.models import ScamAlert
from kiemtin.checks.transition import begin, check_complete, finish
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
    row = begin(Action.SUBMIT_ALERT, alert, by=by, version=version)
    check_complete(row)
    row.author = by
    row.remarks = ""
    add_author(row, by)
    finish(Action.SUBMIT_ALERT, row=row, by=by)
    return row
