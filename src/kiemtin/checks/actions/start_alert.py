"""Begin a scam alert."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import Desk, User
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.hands import add_author
from kiemtin.checks.models import ScamAlert
from kiemtin.checks.permissions import check_may
from kiemtin.checks.transition import note, write_alert
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
    add_author(row, by)
    note(Action.START_ALERT, row=row, by=by, language=row.language)
    return row
