"""A source that is read page by page: single pages, or those of a site map."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from kiemtin.audit.clock import is_from_the_future
from kiemtin.exchange.fetching.failures import Failure, FetchError
from kiemtin.exchange.fetching.fetcher import Answer, Validators
from kiemtin.exchange.following import is_doubtful, reviews_in, same_page, withdraw
from kiemtin.exchange.intake import Intake, is_at
from kiemtin.exchange.kinds.pagelist import MAX_PAGES, list_pages
from kiemtin.exchange.looking import Look, Report
from kiemtin.exchange.models import ReviewSource, SourcedReview, SourcePage
from kiemtin.exchange.sources import Outcome, SourceKind

PAGES_A_LOOK = 100
SECONDS_A_LOOK = 120.0
_REREAD = dt.timedelta(days=7)
_SURE_WITHOUT_MARKUP = 2  # a template that broke for an hour withdraws nothing
_SURE_IN_DOUBT = 3


@dataclass(slots=True)
class _Reading:
    """The pages of one look."""

    look: Look
    report: Report
    round: int
    gone: list[SourcePage] = field(default_factory=list)


def read_pages(look: Look) -> Report:
    """Bring the list of pages up to date, and read those that are due: a bounded number at a time."""
    report = Report()
    list_pages(look, report)
    reading = _Reading(look, report, _next_round(look.source))
    until = time.monotonic() + SECONDS_A_LOOK
    now = timezone.now()
    is_due = Q(due__lte=now) | is_from_the_future("read", now)
    due = SourcePage.objects.filter(is_due, source=look.source).order_by("due", "pk")
    for page in list(due[:PAGES_A_LOOK]):
        if time.monotonic() > until or look.is_stopped():
            break
        _read(reading, page)
        look.go_on()
    _withdraw_gone(reading)
    report.has_more = due.exists()
    if not report.pages and report.pages_failed:
        report.outcome = Outcome.FAILED
    elif report.pages_failed and report.outcome is Outcome.TAKEN:
        report.outcome = Outcome.PARTLY
    elif report.outcome is Outcome.TAKEN and not report.has_news:
        report.outcome = Outcome.SAME
    return report


def _next_round(source: ReviewSource) -> int:
    ReviewSource.objects.filter(pk=source.pk).update(round=F("round") + 1)
    return ReviewSource.objects.values_list("round", flat=True).get(pk=source.pk)


def _read(reading: _Reading, page: SourcePage) -> None:
    """Read one page; a failure is noted at the page and stops nothing."""
    look, report = reading.look, reading.report
    try:
        answer, path = look.page(page.url, known=Validators(page.etag, page.last_modified))
    except FetchError as error:
        if error.failure is Failure.GONE:
            report.pages += 1
            page.misses += 1
            reading.gone.append(page)
        else:
            report.pages_failed += 1
            report.failure, report.status = error.failure, error.status
            report.wait = max(report.wait, error.wait)
        _noted(look.source, page, failure=error.failure)
        return
    report.pages += 1
    if not answer.is_same:
        _take(reading, page, answer, path)
    _noted(look.source, page, answer=answer)


@transaction.atomic
def _take(reading: _Reading, page: SourcePage, answer: Answer, path: Path) -> None:
    look, report, source = reading.look, reading.report, reading.look.source
    if not is_at(answer.url, source.site):  # it leads away from its publisher: what stands there is not theirs
        report.left_out["elsewhere"] += 1
        return
    intake = Intake(source, reading.round, page, report.left_out)
    reviews = reviews_in(path, answer.url)
    counts = intake.take(reviews, by=look.by, origin=f"source-{source.pk}")
    _add_pages(source, {review.url for review in reviews if not same_page(review.url, page.url)})
    report.added += counts.added
    report.changed += counts.changed
    report.unchanged += counts.unchanged
    lacking = _standing(page).exclude(round=reading.round)
    page.misses = page.misses + 1 if lacking.exists() else 0
    if page.misses >= _SURE_WITHOUT_MARKUP:
        report.withdrawn += withdraw(lacking, by=look.by)
        page.misses = 0
    elif page.misses:
        report.in_doubt += lacking.count()
        page.etag = page.last_modified = ""


def _add_pages(source: ReviewSource, urls: set[str]) -> None:
    """Follow the reviews of a list at their own addresses: whether one is gone is seen only there."""
    room = max(0, MAX_PAGES - SourcePage.objects.filter(source=source).count())
    theirs = sorted(url for url in urls if is_at(url, source.site))[:room]
    SourcePage.objects.bulk_create([SourcePage(source=source, url=url) for url in theirs], ignore_conflicts=True)


def _noted(
    source: ReviewSource, page: SourcePage, *, answer: Answer | None = None, failure: Failure | None = None
) -> None:
    """Note when the page was read, and when it is read next."""
    now = timezone.now()
    every = dt.timedelta(seconds=source.every)
    is_listed = source.kind == SourceKind.SITEMAP  # the site map says when it changes
    page.read, page.failure, page.read_lastmod = now, failure or "", page.lastmod
    page.due = now + (max(every, _REREAD) if is_listed and failure is None and not page.misses else every)
    if answer is not None and not page.misses:
        page.etag, page.last_modified = answer.validators.etag, answer.validators.last_modified
    page.save()


def _withdraw_gone(reading: _Reading) -> None:
    """Withdraw the reviews of pages that are gone; where most pages are, only of those that stay gone."""
    report, gone = reading.report, reading.gone
    with_reviews = [page for page in gone if _standing(page).exists()]
    # Where everything there is is one page, its server's word is all there is to go by.
    in_doubt = report.pages > 1 and is_doubtful(missing=len(with_reviews), of=report.pages)
    sure = [page for page in with_reviews if not in_doubt or page.misses >= _SURE_IN_DOUBT]
    for page in sure:
        report.withdrawn += withdraw(_standing(page), by=reading.look.by)
    doubted = [page for page in with_reviews if page not in sure]
    report.in_doubt += sum(_standing(page).count() for page in doubted)
    if doubted:
        report.outcome = Outcome.DOUBTFUL


def _standing(page: SourcePage) -> QuerySet[SourcedReview]:
    return SourcedReview.objects.filter(page=page, is_gone=False)
