"""Look at one source: fetch it, take what it has, follow what it changed and withdrew."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kiemtin import __version__
from kiemtin.audit.clock import is_free
from kiemtin.audit.outage import outage
from kiemtin.audit.record import record
from kiemtin.exchange.exceptions import SourceBusyError
from kiemtin.exchange.fetching.failures import FetchError
from kiemtin.exchange.fetching.fetcher import Fetcher
from kiemtin.exchange.fetching.robots import AGENT, Robots
from kiemtin.exchange.following import take_out
from kiemtin.exchange.kinds.registry import READ
from kiemtin.exchange.looking import LEASE, Look, Report
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.sources import Outcome, SourceState

_log = logging.getLogger(__name__)
_LONGEST_PAUSE = dt.timedelta(days=1)
_SOON = dt.timedelta(seconds=10)


def fetch_source(*, source: ReviewSource, by: str, fetcher: Fetcher | None = None) -> Report:
    """Look at a source, also at a paused one; of an ended one, take out its reviews. One look at a source at a time.

    What goes wrong is stored with the source and raises nothing, but for a full disk and a database that fails. The
    log tells of a look that brought news, or that came to another end than the one before.

    Raises
    ------
    SourceBusyError
        Somebody looks at it just now.
    """
    now = timezone.now()
    free = ReviewSource.objects.filter(is_free("lease", now, lease=LEASE), pk=source.pk)
    if not free.update(lease=now + LEASE, tried=now):
        raise SourceBusyError(f"source {source.pk}")
    row = ReviewSource.objects.get(pk=source.pk)
    try:
        report = _report(row, by, fetcher or public_fetcher())
    except BaseException:
        ReviewSource.objects.filter(pk=row.pk).update(lease=None)
        raise
    _store(row, report, by)
    return report


def public_fetcher() -> Fetcher:
    """Return what fetches from the public Internet, and from where an administrator lets it."""
    agent = f"{AGENT}/{__version__} (+{settings.KIEMTIN_ADDRESS})"
    return Fetcher(user_agent=agent, allowed=settings.KIEMTIN_FETCH_ALLOW)


def _report(source: ReviewSource, by: str, fetcher: Fetcher) -> Report:
    folder = Path(tempfile.mkdtemp(prefix="kiemtin-fetch-"))
    try:
        look = Look(source, fetcher, folder, by, Robots(fetcher, folder))
        return take_out(look) if source.state == SourceState.ENDED else READ[source.kind](look)
    except FetchError as error:
        return Report(Outcome.FAILED, error.failure, error.status, wait=error.wait)
    except Exception as error:  # a source that trips the program must not stop the others
        if outage(error):  # no fault of the source: it stays due
            raise
        _log.error("source %s: %s", source.pk, type(error).__name__)
        return Report(Outcome.UNREADABLE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@transaction.atomic
def _store(source: ReviewSource, report: Report, by: str) -> None:
    row = ReviewSource.objects.select_for_update().get(pk=source.pk)
    is_other = row.outcome != report.outcome or row.failure != (report.failure or "")
    row.failures = 0 if report.is_success else row.failures + 1
    row.outcome, row.failure, row.detail = report.outcome, report.failure or "", report.detail()
    now = timezone.now()
    row.lease, row.due = None, now + pause_after(row, report)
    if report.is_success:
        row.succeeded = now
    if report.validators is not None and row.version == source.version:
        row.etag, row.last_modified = report.validators.etag, report.validators.last_modified
    row.save()
    is_worth_telling = report.has_news or (is_other and report.outcome is not Outcome.SAME)
    if is_worth_telling:
        detail = {"outcome": str(report.outcome), "failure": row.failure, **row.detail}
        record(
            by=by,
            verb="source.fetched",
            object_type="source",
            object_id=str(row.pk),
            desk=row.desk.slug,
            detail=detail,
        )


def pause_after(source: ReviewSource, report: Report) -> dt.timedelta:
    """Return when to look again: after failures ever later, a day at most (or at the source's own pace, if slower)."""
    every = dt.timedelta(seconds=source.every)
    if report.has_more and report.is_success:
        every = min(every, _SOON)
    longest = max(every, _LONGEST_PAUSE)
    # Two to the tenth of half a minute is more than a day's share already; beyond that the number only grows.
    pause = min(every * (1 << min(source.failures, 12)), longest)
    return max(pause, dt.timedelta(seconds=report.wait))
