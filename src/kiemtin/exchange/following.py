"""Reviews that a source no longer has: withdrawn, if it is certain that they are missing and not merely unread.

Content that broke off withdraws nothing. Where suspiciously much is missing, each review is looked up at its own
address first: only one that is gone there is withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet

from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.review import Review
from kiemtin.exchange.fetching.failures import Failure, FetchError
from kiemtin.exchange.looking import Look, Report
from kiemtin.exchange.models import ReviewSource, SourcedReview
from kiemtin.exchange.readers.base import Meter
from kiemtin.exchange.readers.page import ClaimReviewPage
from kiemtin.exchange.rereading import read_anew
from kiemtin.exchange.rows import Item
from kiemtin.exchange.sources import Outcome, SourceState

LOOKED_UP = 20
"""So many missing reviews are looked up at a time."""

_A_BATCH = 500
_FEW = 3

IsGone = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Followed:
    """How many reviews were withdrawn, and how many are missing and stand until that is certain."""

    withdrawn: int = 0
    in_doubt: int = 0


def follow_missing(*, source: ReviewSource, round_: int, is_whole: bool, is_gone: IsGone, by: str) -> Followed:
    """Withdraw what the source's content of this round lacks.

    Parameters
    ----------
    is_whole
        Whether all of the content was read.
    is_gone
        Says whether there is no review any more at an address.
    """
    standing = SourcedReview.objects.filter(source=source, is_gone=False)
    missing = standing.exclude(round=round_)
    count = missing.count()
    if not count:
        return Followed()
    if not is_whole:
        return Followed(in_doubt=count)
    if is_doubtful(missing=count, of=standing.count()):
        some = list(missing.order_by("?").values_list("pk", "url")[:LOOKED_UP])
        missing = missing.filter(pk__in=[pk for pk, url in some if is_gone(url)])
    withdrawn = withdraw(missing, by=by)
    return Followed(withdrawn, count - withdrawn)


def take_out(look: Look) -> Report:
    """Withdraw all that an ended source brought; other sources may bring it again."""
    report = Report(Outcome.ENDED)
    standing = SourcedReview.objects.filter(source=look.source, is_gone=False)
    report.withdrawn = withdraw(standing, by=look.by)
    if report.withdrawn:
        others = ReviewSource.objects.filter(state=SourceState.ACTIVE).exclude(pk=look.source.pk)
        read_anew(others)
    return report


def is_doubtful(*, missing: int, of: int) -> bool:
    """Return whether so much is missing that it may be a fault: all of it, more than half, or many at once."""
    return missing == of or (of > 2 and missing * 2 > of) or (missing > _FEW and missing * 5 > of)


def withdraw(links: QuerySet[SourcedReview], *, by: str) -> int:
    """Withdraw these reviews, each batch in a transaction of its own; returns how many there were."""
    pks = list(links.values_list("pk", flat=True))
    for at in range(0, len(pks), _A_BATCH):
        _withdraw(pks[at : at + _A_BATCH], by)
    return len(pks)


@transaction.atomic
def _withdraw(pks: Sequence[int], by: str) -> None:
    rows = SourcedReview.objects.filter(pk__in=pks, is_gone=False)
    withdraw_external_reviews(keys=list(rows.values_list("review__key", flat=True)), by=by)
    rows.update(is_gone=True)


def looks_gone(look: Look) -> IsGone:
    """Return what looks a review up at its own address."""

    def is_gone(url: str) -> bool:
        try:
            answer, path = look.page(url)
        except FetchError as error:
            return error.failure is Failure.GONE
        return not any(same_page(review.url, url) for review in reviews_in(path, answer.url))

    return is_gone


def reviews_in(path: Path, url: str) -> list[Review]:
    """Return the reviews of a page that was fetched from an address; one without an address stands there."""
    rows = ClaimReviewPage().rows(path, Meter())
    found = (review for row in rows if isinstance(row, Item) for review in row.reviews)
    return [review if review.url else replace(review, url=url) for review in found]


def same_page(one: str, other: str) -> bool:
    """Return whether two addresses are of one page, apart from protocol, `www.`, a last slash and a place in it."""
    return _page(one) == _page(other)


def _page(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    return (parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query)
