"""Look at the sources that published checks cite: whether they are still there, and say the same.

Nothing of it changes what is published. A person is asked to look.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kiemtin.audit.clock import is_free, is_from_the_future
from kiemtin.audit.outage import outage
from kiemtin.audit.record import record
from kiemtin.checks.actions.take_copy import ask_for_missing
from kiemtin.checks.completeness import is_address, same_page
from kiemtin.checks.copies import shown_copies, stored_copies
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.enums import Standing
from kiemtin.checks.models import CitedSource, FactCheck, Revision
from kiemtin.checks.published import ANSWERS
from kiemtin.checks.transition import OBJECT_TYPE
from kiemtin.exchange.actions.fetch_source import public_fetcher
from kiemtin.exchange.copying import LEASE, fetched_page
from kiemtin.exchange.fetching.failures import Failure, FetchError
from kiemtin.exchange.fetching.fetcher import Fetcher, Validators

_log = logging.getLogger(__name__)
_AGAIN = dt.timedelta(days=1)
"""After a look that did not reach a source."""

_GONE_AFTER, _UNREACHABLE_AFTER = 2, 3
"""So many looks in a row must say so: servers have bad days."""

_CLOSED = frozenset(
    {
        Failure.ROBOTS,
        Failure.DENIED,
        Failure.PRIVATE_ADDRESS,
        Failure.BAD_ADDRESS,
        Failure.LESS_SECURE,
        Failure.TOO_LARGE,
    }
)
FLAGGED = frozenset({Standing.CHANGED, Standing.GONE, Standing.UNREACHABLE})
"""Standings in which a person is asked to look."""


def follow_published(*, at_most: int = 50) -> int:
    """Bring the list of cited sources up to what was published, and ask for copies that are missing.

    Returns for how many checks that was to be done; samples are left alone.
    """
    _forget_withdrawn()
    listed = CitedSource.objects.filter(revision=OuterRef("latest"))
    rows = FactCheck.objects.filter(~Exists(listed), public_state__in=ANSWERS, desk__is_sample=False)
    behind = list(rows.select_related("desk", "latest").order_by("pk")[:at_most])
    for fact_check in behind:
        _follow(fact_check)
    return len(behind)


def look_at_sources(*, by: str = "worker", fetcher: Fetcher | None = None) -> int:
    """Look at the source that has been due longest; returns how many were looked at, 0 or 1."""
    if not settings.KIEMTIN_SOURCE_DAYS:
        return 0
    now = timezone.now()
    free = is_free("lease", now, lease=LEASE)
    due = Q(due__lte=now) | is_from_the_future("looked", now)
    source = CitedSource.objects.filter(free, due).order_by("due", "pk").first()
    if source is None:
        return 0
    if CitedSource.objects.filter(free, pk=source.pk).update(lease=now + LEASE):
        _look(source, by, fetcher or public_fetcher())
    return 1


def _forget_withdrawn() -> None:
    CitedSource.objects.exclude(fact_check__public_state__in=ANSWERS).delete()


@transaction.atomic
def _follow(fact_check: FactCheck) -> None:
    revision = fact_check.latest
    if revision is None:
        return
    revision.fact_check = fact_check
    ask_for_missing(fact_check=fact_check, sources=DraftContent.of_revision(revision).sources)
    copies = shown_copies(revision, stored_copies(fact_check))
    cited = _cited(revision)
    CitedSource.objects.filter(fact_check=fact_check).exclude(page__in=cited).delete()
    for page, (url, title) in cited.items():
        fields = {"revision": revision, "url": url, "title": title, "due": timezone.now()}
        if page in copies and copies[page].text_digest:
            # What was read when this was written: whatever was seen before is compared with that now.
            fields |= {"known": copies[page].text_digest, "etag": "", "last_modified": ""}
        CitedSource.objects.update_or_create(fact_check=fact_check, page=page, defaults=fields)


def _cited(revision: Revision) -> dict[str, tuple[str, str]]:
    pairs = ((source.get("url", ""), source.get("title", "")) for source in revision.sources)
    return {same_page(url): (url, title[:500]) for url, title in pairs if is_address(url)}


def _look(source: CitedSource, by: str, fetcher: Fetcher) -> None:
    known = Validators(source.etag, source.last_modified) if source.seen else Validators()
    try:
        with fetched_page(source.url, fetcher, known=known) as page:
            _reached(source, page.digest or source.seen, page.answer.validators, by)
    except FetchError as error:
        _missed(source, error, by)
    except Exception as error:  # a page that trips the program must not stop the others
        if outage(error):  # no fault of the source: it is looked at again when the lease has run out
            raise
        _log.error("cited source %s: %s", source.pk, type(error).__name__)
        _missed(source, FetchError(Failure.INTERRUPTED), by)


def _reached(source: CitedSource, digest: str, validators: Validators, by: str) -> None:
    row = CitedSource.objects.get(pk=source.pk)
    row.known = row.known or digest
    row.standing = Standing.FINE if digest == row.known else Standing.CHANGED
    row.seen, row.etag, row.last_modified = digest, validators.etag, validators.last_modified
    row.misses, row.failure, row.status = 0, "", 200
    _store(row, source, by, dt.timedelta(days=settings.KIEMTIN_SOURCE_DAYS))


def _missed(source: CitedSource, error: FetchError, by: str) -> None:
    row = CitedSource.objects.get(pk=source.pk)
    if (row.failure == Failure.GONE) != (error.failure is Failure.GONE):
        row.misses = 0
    row.failure, row.status = error.failure, error.status
    row.misses += 1
    pause = dt.timedelta(days=settings.KIEMTIN_SOURCE_DAYS)
    if error.failure in _CLOSED:
        row.standing, row.misses = Standing.CLOSED, 0
    elif error.failure is Failure.GONE and row.misses >= _GONE_AFTER:
        row.standing = Standing.GONE
    elif row.misses >= _UNREACHABLE_AFTER:
        row.standing = Standing.UNREACHABLE
    else:
        pause = min(pause, _AGAIN)
    _store(row, source, by, max(pause, dt.timedelta(seconds=error.wait)))


@transaction.atomic
def _store(row: CitedSource, before: CitedSource, by: str, pause: dt.timedelta) -> None:
    """Store what came of a look, unless something was published meanwhile: then it is looked at afresh."""
    now = timezone.now()
    if row.standing != row.held:
        row.held = ""
    is_to_look_at = row.standing in FLAGGED and not row.held
    is_news = is_to_look_at and row.flagged is None
    row.flagged = (row.flagged or now) if is_to_look_at else None
    row.looked, row.due, row.lease = now, now + pause, None
    if CitedSource.objects.filter(pk=row.pk, revision=before.revision_id).update(**_looked_at(row)) and is_news:
        detail = {"source": row.pk, "standing": str(row.standing)}
        record(
            by=by,
            verb="evidence.flagged",
            object_type=OBJECT_TYPE,
            object_id=str(row.fact_check_id),
            desk=row.fact_check.desk.slug,
            detail=detail,
        )


def _looked_at(row: CitedSource) -> dict[str, object]:
    names = ("standing", "failure", "status", "known", "seen", "etag", "last_modified", "misses", "flagged", "held")
    return {name: getattr(row, name) for name in (*names, "looked", "due", "lease")}
