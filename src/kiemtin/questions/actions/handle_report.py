"""Be done with a reader's word that something in a published check is wrong."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.audit.record import record
from kiemtin.checks.exceptions import ConflictOfInterestError
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.casework import filled
from kiemtin.questions.exceptions import AlreadyHandledError
from kiemtin.questions.models import Conflict, ErrorReport

_ACTION = Action.HANDLE_REPORT


@transaction.atomic
def handle_report(*, report: ErrorReport, by: User, outcome: str) -> ErrorReport:
    """Say what came of a report. The check itself is corrected by a correction, never by this.

    Raises
    ------
    NotAllowedError
    ConflictOfInterestError
        The person declared an interest in the case of the check.
    AlreadyHandledError
    EmptyTextError
        No outcome.
    """
    rows = ErrorReport.objects.select_for_update(of=("self",)).select_related("fact_check__desk")
    row = rows.get(pk=report.pk)
    desk = row.fact_check.desk
    check_may(_ACTION, user=by, desk=desk)
    if Conflict.objects.filter(case__fact_check=row.fact_check, person=by).exists():
        raise ConflictOfInterestError("an interest was declared", action=_ACTION)
    if row.handled is not None:
        raise AlreadyHandledError(f"report {row.pk}")
    row.outcome = filled(outcome, field="outcome")
    row.handled, row.handled_by = timezone.now(), by
    row.save(update_fields=["outcome", "handled", "handled_by"])
    record(
        by=by.actor,
        verb=RULES[_ACTION].verb,
        object_type="fact-check",
        object_id=str(row.fact_check_id),
        desk=desk.slug,
        detail={"report": row.pk},
    )
    return row
