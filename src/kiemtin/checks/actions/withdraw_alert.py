"""Withdraw a published scam alert."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.logged import log_alert
from kiemtin.checks.models import AlertRevision, ScamAlert
from kiemtin.checks.transition import begin, finish, required, settle, withdrawn
from kiemtin.checks.workflow import Action


@transaction.atomic
def withdraw_alert(*, alert: ScamAlert, by: User, note: str) -> AlertRevision:
    """Stop standing by it, for good. Its page stays and says why; a correction under way is dropped.

    Raises
    ------
    NotAllowedError, WrongStateError
    EmptyTextError
        No note.
    """
    row = begin(Action.WITHDRAW_ALERT, alert, by=by)
    revision = withdrawn(row.revisions.latest("number"), required(note, field="note"))
    revision.save()
    settle(row)
    row.latest, row.changed = revision, revision.at
    finish(Action.WITHDRAW_ALERT, row=row, by=by, revision=revision.number)
    log_alert(revision)  # last: from here on others who publish wait
    return revision
