"""Withdraw a published scam alert."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.alert_transition import begin_alert, finish_alert, settle_alert
from kiemtin.checks.enums import RevisionKind
from kiemtin.checks.logged import log_alert
from kiemtin.checks.models import AlertRevision, ScamAlert
from kiemtin.checks.transition import required
from kiemtin.checks.workflow import Action

_CARRIED = ("title", "text", "language", "checks", "author", "approver", "authors")


@transaction.atomic
def withdraw_alert(*, alert: ScamAlert, by: User, note: str) -> AlertRevision:
    """Stop standing by it, for good. Its page stays and says why; a correction under way is dropped.

    Raises
    ------
    NotAllowedError, WrongStateError
    EmptyTextError
        No note.
    """
    row = begin_alert(Action.WITHDRAW_ALERT, alert=alert, by=by)
    revision = _revision(row, required(note, field="note"))
    settle_alert(row)
    row.latest, row.changed = revision, revision.at
    finish_alert(Action.WITHDRAW_ALERT, row=row, by=by, revision=revision.number)
    log_alert(revision)  # last: from here on others who publish wait
    return revision


def _revision(row: ScamAlert, note: str) -> AlertRevision:
    before = row.revisions.select_related("author", "approver").latest("number")
    return AlertRevision.objects.create(
        alert=row,
        number=before.number + 1,
        kind=RevisionKind.WITHDRAWAL,
        note=note,
        **{name: getattr(before, name) for name in _CARRIED},
        at=timezone.now(),
    )
