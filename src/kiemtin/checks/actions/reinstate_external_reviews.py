"""Give reviews as answers again that were withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kiemtin.audit.record import record
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.models import ExternalReview


@transaction.atomic
def reinstate_external_reviews(*, keys: Iterable[str], by: str) -> int:
    """Reinstate the withdrawn reviews with these keys, each audited; others are left out.

    For who withdrew them themselves: it never undoes what somebody else has decided. Returns how many there were.
    """
    rows = list(ExternalReview.objects.filter(key__in=list(keys), withdrawn=True).order_by("id"))
    for row, seq in zip(rows, number_changes(count=len(rows)), strict=True):
        row.withdrawn, row.seq = False, seq
        row.save(update_fields=["withdrawn", "seq", "updated"])
        record(by=by, verb="review.reinstated", object_type="external-review", object_id=row.key[:200])
    return len(rows)
