"""Give reviews as answers again that their publisher has brought back."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from kiemtin.audit.record import record
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.models import ExternalReview
from kiemtin.checks.signals import reviews_changed


@transaction.atomic
def restore_external_reviews(*, keys: Iterable[str], by: str) -> int:
    """Restore the withdrawn reviews with these keys, each audited; returns how many.

    Who was told of the withdrawal is told of this too (`signals.reviews_changed`).
    """
    rows = list(ExternalReview.objects.filter(key__in=list(keys), withdrawn=True).order_by("id"))
    for row, seq in zip(rows, number_changes(count=len(rows)), strict=True):
        row.withdrawn, row.seq, row.reworded, row.rating_before = False, seq, timezone.now(), ""
        row.save(update_fields=["withdrawn", "seq", "reworded", "rating_before", "updated"])
        record(by=by, verb="review.restored", object_type="external-review", desk="", object_id=row.key[:200])
    if rows:
        reviews_changed.send(sender=ExternalReview, pks=[row.pk for row in rows])
    return len(rows)
