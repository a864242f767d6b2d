"""One look at a source: what it needs, and what comes of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.utils import timezone

from kiemtin.exchange.fetching.failures import Failure
from kiemtin.exchange.fetching.fetcher import Answer, Fetcher, Limits, Validators
from kiemtin.exchange.fetching.robots import Robots
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.sources import Outcome

PAGE_LIMITS = Limits(size=8 << 20, seconds=30.0)

LEASE = dt.timedelta(minutes=10)
"""So long a look may go without a sign of life before another may begin."""


@dataclass(frozen=True, slots=True)
class Look:
    """A look under way. `folder` is empty, for what is fetched; it goes when the look is over."""

    source: ReviewSource
    fetcher: Fetcher
    folder: Path
    by: str
    robots: Robots

    def page(self, url: str, *, known: Validators | None = None) -> tuple[Answer, Path]:
        """Fetch a page of the publisher, if its robots.txt lets us; returns where it lies.

        Raises
        ------
        FetchError
        """
        path = self.folder / "page"
        self.robots.check(url)
        return self.fetcher.get(url, into=path, limits=PAGE_LIMITS, known=known or Validators()), path

    def go_on(self) -> None:
        """Show that it goes on."""
        ReviewSource.objects.filter(pk=self.source.pk).update(lease=timezone.now() + LEASE)

    def is_stopped(self) -> bool:
        """Return whether the source was paused or ended meanwhile."""
        return not ReviewSource.objects.filter(pk=self.source.pk, state=self.source.state).exists()


@dataclass(slots=True)
class Report:
    """What came of a look.

    Attributes
    ----------
    added, changed, unchanged, withdrawn
        Reviews.
    in_doubt
        Reviews that are missing and stand until that is certain.
    bad
        Rows that could not be read.
    left_out
        Reviews that are not the source's, by reason (see `intake`).
    pages, pages_failed
        Pages that were read, and that could not be.
    validators
        For the next time; None if the next time everything is to be fetched.
    wait
        Seconds after which the server asks to come back.
    has_more
        Whether there is more to read at once.
    """

    outcome: Outcome = Outcome.TAKEN
    failure: Failure | None = None
    status: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    in_doubt: int = 0
    bad: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    pages_failed: int = 0
    validators: Validators | None = None
    wait: float = 0.0
    has_more: bool = False

    @property
    def has_news(self) -> bool:
        """Whether reviews came, changed or went."""
        return bool(self.added or self.changed or self.withdrawn)

    @property
    def is_success(self) -> bool:
        """Whether the source was there and could be read."""
        return self.outcome not in (Outcome.FAILED, Outcome.UNREADABLE)

    def detail(self) -> dict[str, int]:
        """Return the counts that are not zero, as they are stored."""
        names = ("added", "changed", "unchanged", "withdrawn", "in_doubt", "bad", "pages", "pages_failed", "status")
        counts = {name: int(getattr(self, name)) for name in names} | dict(self.left_out)
        return {name: count for name, count in counts.items() if count and name}
