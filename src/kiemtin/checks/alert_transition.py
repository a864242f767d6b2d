"""What all actions on a scam alert share: the row, whether it may be done, the working copy and the log."""

from __future__ import annotations

from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.audit.record import record
from kiemtin.checks.alerts import AlertContent, alert_gaps
from kiemtin.checks.exceptions import IncompleteError, OwnWorkError, StaleVersionError
from kiemtin.checks.models import ScamAlert
from kiemtin.checks.permissions import check_may_alert
from kiemtin.checks.workflow import BECOMES, RULES, Action

OBJECT_TYPE = "scam-alert"


def begin_alert(action: Action, *, alert: ScamAlert, by: User, version: int | None = None) -> ScamAlert:
    """Lock the row, check that the person may, and that the version that was read is the one that is there.

    Raises
    ------
    NotAllowedError, WrongStateError, StaleVersionError
    """
    rows = ScamAlert.objects.select_related("desk", "latest").select_for_update(of=("self",))
    row = rows.get(pk=alert.pk)
    check_may_alert(action, user=by, alert=row)
    if version is not None and row.version != version:
        raise StaleVersionError(f"version {version} was read, {row.version} is there", version=row.version)
    return row


def check_alert_complete(row: ScamAlert) -> None:
    """Check that nothing is missing.

    Raises
    ------
    IncompleteError
    """
    if found := alert_gaps(row):
        raise IncompleteError(gap.value for gap in found)


def check_alert_of_others(row: ScamAlert, by: User) -> None:
    """Check that the person wrote nothing of this round.

    Raises
    ------
    OwnWorkError
    """
    if row.author_id == by.pk or row.writers.filter(pk=by.pk).exists():
        raise OwnWorkError("who wrote it cannot publish it")


def write_alert(row: ScamAlert, content: AlertContent) -> None:
    """Replace the working copy and raise its version; the caller saves the row. Its language stays once published."""
    row.title, row.text, row.checks, row.note = content.title, content.text, list(content.checks), content.note
    if row.latest is None and content.language:
        row.language = content.language
    row.version += 1
    row.edited = timezone.now()


def settle_alert(row: ScamAlert) -> None:
    """End the round: the working copy is what was last published, and nobody has anything to do with it."""
    row.writers.clear()
    row.author = None
    row.remarks = row.note = ""
    if row.latest:
        write_alert(row, AlertContent.of_revision(row.latest))


def finish_alert(action: Action, *, row: ScamAlert, by: User, **detail: object) -> None:
    """Move the row to where the action leads, store it and log it."""
    rule, before = RULES[action], row.stage
    row.stage = rule.to or row.stage
    row.public_state = BECOMES.get(action, {}).get(row.public_state, row.public_state)
    row.save()
    note_alert(action, row=row, by=by, **{"version": row.version, "from": before, "to": row.stage} | detail)


def note_alert(action: Action, *, row: ScamAlert, by: User, **detail: object) -> None:
    """Log what was done, without its texts."""
    record(
        by=by.actor,
        verb=RULES[action].verb,
        object_type=OBJECT_TYPE,
        object_id=str(row.pk),
        desk=row.desk.slug,
        detail=detail,
    )
