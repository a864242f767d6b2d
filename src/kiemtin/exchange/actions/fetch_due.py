"""Look at the sources that are due."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from kiemtin.exchange.actions.fetch_source import fetch_source
from kiemtin.exchange.exceptions import SourceBusyError
from kiemtin.exchange.fetching.fetcher import Fetcher
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.sources import SourceState


def fetch_due(*, by: str = "worker", fetcher: Fetcher | None = None) -> int:
    """Look at the source that has been due longest; returns how many were looked at, 0 or 1."""
    now = timezone.now()
    due = ReviewSource.objects.filter(Q(lease=None) | Q(lease__lte=now), state=SourceState.ACTIVE, due__lte=now)
    source = due.order_by("due", "pk").first()
    if source is None:
        return 0
    try:
        fetch_source(source=source, by=by, fetcher=fetcher)
    except SourceBusyError:
        return 0
    return 1
