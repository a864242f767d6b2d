"""Take a reader's word that something in a published check is wrong."""

from __future__ import annotations

from django.db import transaction

from kiemtin.audit.record import record
from kiemtin.checks.models import FactCheck
from kiemtin.questions.digest import readable
from kiemtin.questions.limits import take_report
from kiemtin.questions.models import ErrorReport
from kiemtin.questions.refusals import GoneError


@transaction.atomic
def report_error(*, fact_check: FactCheck, text: str, address: str, by: str = "web") -> ErrorReport:
    """Store a report, masked, on the revision that is public now. Nothing tells who sent it.

    Parameters
    ----------
    address
        Where it came from, for the limit only.

    Raises
    ------
    RefusalError
        There is nothing in it, it has no page, or too many came from there.
    """
    masked = readable(text)
    row = FactCheck.objects.select_related("desk").get(pk=fact_check.pk)
    if row.latest_id is None:
        raise GoneError(f"fact-check {row.pk} is not public")
    take_report(address)
    report = ErrorReport.objects.create(fact_check=row, revision_id=row.latest_id, text=masked)
    record(
        by=by,
        verb="report.received",
        object_type="fact-check",
        object_id=str(row.pk),
        desk=row.desk.slug,
        detail={"report": report.pk},
    )
    return report
