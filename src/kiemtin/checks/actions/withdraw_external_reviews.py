"""Stop giving reviews as answers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kiemtin.audit.record import record
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.models import ExternalReview
from kiemtin.checks.signals import reviews_withdrawn


@transaction.atomic
def withdraw_external_reviews(*, keys: Iterable[str], by: str) -> int:
    """Withdraw the reviews with these keys, each audited; unknown and already withdrawn ones are left out.

    Who was given one of them is told (`signals.reviews_withdrawn`). Returns how many were withdrawn.
    """
    rows = list(ExternalReview.objects.filter(key__in=list(keys), withdrawn=False).order_by("id"))
    for row, seq in zip(rows, number_changes(count=len(rows)), strict=True):
        row.withdrawn, row.seq = True, seq
        row.save(update_fields=["withdrawn", "seq", "updated"])
        record(by=by, verb="review.withdrawn", object_type="external-review", desk="", object_id=row.key[:200])
    if rows:
        reviews_withdrawn.send(sender=ExternalReview, pks=[row.pk for row in rows], by=by)
    return len(rows)
