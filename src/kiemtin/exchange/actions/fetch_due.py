"""Look at the sources that are due, and take out what came from those that are no longer followed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kiemtin.audit.clock import is_free, is_from_the_future
from kiemtin.exchange.actions.fetch_source import fetch_source
from kiemtin.exchange.exceptions import SourceBusyError
from kiemtin.exchange.fetching.fetcher import Fetcher
from kiemtin.exchange.looking import LEASE
from kiemtin.exchange.models import ReviewSource, SourcedReview
from kiemtin.exchange.sources import SourceState


def fetch_due(*, by: str = "worker", fetcher: Fetcher | None = None) -> int:
    """Look at the source that has been due longest; returns how many were looked at, 0 or 1."""
    now = timezone.now()
    theirs = SourcedReview.objects.filter(source=OuterRef("pk"), is_gone=False)
    to_do = Q(state=SourceState.ACTIVE) | (Q(state=SourceState.ENDED) & Exists(theirs))
    due = Q(due__lte=now) | is_from_the_future("tried", now)
    rows = ReviewSource.objects.filter(to_do, is_free("lease", now, lease=LEASE), due)
    source = rows.order_by("due", "pk").first()
    if source is None:
        return 0
    try:
        fetch_source(source=source, by=by, fetcher=fetcher)
    except SourceBusyError:
        return 0
    return 1
