"""The shelf of what is published: our own fact-checks and the reviews of other publishers, numbered by one counter."""

from __future__ import annotations

from django.db.models import Prefetch

from kiemtin.checks.actions.number_changes import last_change
from kiemtin.checks.models import ExternalReview, FactCheck, Wording
from kiemtin.matching.records import of_check, of_review
from kiemtin.matching.shelf import Entry, Shelf

NEWEST_WORDINGS = 60
"""So many texts that people decided to be a claim are known of a fact-check: the newest."""


def _changes(after: int, limit: int) -> list[Entry]:
    """Return the next changes of both tables in one order; what is past the limit comes with the next call."""
    reviews = ExternalReview.objects.filter(seq__gt=after).order_by("seq")[:limit]
    known = Prefetch("known_wordings", Wording.objects.order_by("-id")[:NEWEST_WORDINGS], to_attr="newest_wordings")
    checks = (
        FactCheck.objects.filter(seq__gt=after, latest__isnull=False)
        .select_related("latest")
        .prefetch_related(known)
        .order_by("seq")[:limit]
    )
    entries = [*(of_review(review) for review in reviews), *(of_check(check) for check in checks)]
    return sorted(entries, key=lambda entry: entry.seq)[:limit]


def _count(after: int) -> int:
    checks = FactCheck.objects.filter(seq__gt=after, latest__isnull=False)
    return ExternalReview.objects.filter(seq__gt=after).count() + checks.count()


PUBLISHED = Shelf("published", "index", _changes, _count, last_change)
