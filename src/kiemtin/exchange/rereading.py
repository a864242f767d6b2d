"""Having sources read again from their beginning, whatever their servers say of what has changed."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.utils import timezone

from kiemtin.exchange.models import ReviewSource, SourcePage


def read_anew(sources: QuerySet[ReviewSource]) -> None:
    """Make all of these sources, with all their pages, due at once and to be taken anew."""
    now, pks = timezone.now(), list(sources.values_list("pk", flat=True))
    ReviewSource.objects.filter(pk__in=pks).update(version=F("version") + 1, etag="", last_modified="", due=now)
    SourcePage.objects.filter(source__in=pks).update(etag="", last_modified="", due=now)
