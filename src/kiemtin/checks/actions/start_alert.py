"""Begin a scam alert."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import Desk, User
from kiemtin.checks.alert_transition import note_alert, write_alert
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.models import ScamAlert
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import Action


@transaction.atomic
def start_alert(*, desk: Desk, by: User, content: AlertContent) -> ScamAlert:
    """Begin an alert of a desk with what was written, in the desk's language unless another is given.

    Raises
    ------
    NotAllowedError
    """
    check_may(Action.START_ALERT, user=by, desk=desk)
    row = ScamAlert(desk=desk, language=desk.language, version=0)
    write_alert(row, content.cleaned())
    row.save()
    row.writers.add(by)
    note_alert(Action.START_ALERT, row=row, by=by, language=row.language)
    return row
