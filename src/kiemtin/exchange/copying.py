"""Fetching a page of a source, for a copy of it and to see whether it says the same."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.conf import settings
from django.utils import timezone

from kiemtin import __version__
from kiemtin.exchange.fetching.fetcher import Answer, Fetcher, Limits, Validators
from kiemtin.exchange.fetching.robots import AGENT, Robots
from kiemtin.media.copies.text import content_digest, text_of
from kiemtin.media.copies.warc import Exchange, write_page

PAGE_LIMITS = Limits(size=24 << 20, seconds=60.0)
"""A little less than a copy may have: what was asked and answered is stored with the page."""

LEASE = dt.timedelta(minutes=5)
"""So long somebody may be at a page before another may begin."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was fetched.

    Attributes
    ----------
    answer
        Whether it is the same as before, where it came from, and what to ask with the next time.
    at
        When it was asked for.
    body
        Where it lies, until the `with` is over.
    text, digest
        Its main text, and by what it is compared. Both are empty where the server says that nothing has changed.
    """

    answer: Answer
    at: dt.datetime
    body: Path
    text: str = ""
    digest: str = ""

    def archive(self) -> Path:
        """Write it as a web archive beside itself."""
        head = self.answer.head
        if head is None:
            raise ValueError("nothing is known of what was asked")
        path = self.body.with_suffix(".warc.gz")
        exchange = Exchange(
            url=self.answer.url,
            at=self.at,
            target=httpx.URL(self.answer.url).raw_path.decode("latin-1"),
            request=head.request,
            response=head.headers,
            protocol=head.protocol,
            status=head.status,
            reason=head.reason,
            server=head.server,
            redirects=head.redirects,
            software=f"{AGENT}/{__version__}",
            operator=settings.KIEMTIN_ADDRESS,
        )
        write_page(exchange, body=self.body, into=path)
        return path


@contextmanager
def fetched_page(url: str, fetcher: Fetcher, *, known: Validators | None = None) -> Iterator[ReadPage]:
    """Fetch a page, if its publisher lets programs read it.

    Raises
    ------
    FetchError
    """
    folder = Path(tempfile.mkdtemp(prefix="kiemtin-copy-"))
    try:
        Robots(fetcher, folder).check(url)
        body, at = folder / "page", timezone.now()
        answer = fetcher.get(url, into=body, limits=PAGE_LIMITS, known=known or Validators())
        if answer.is_same:
            yield ReadPage(answer, at, body)
        else:
            text = text_of(body, answer.content_type)
            yield ReadPage(answer, at, body, text, content_digest(body, text))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
