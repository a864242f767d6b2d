"""Fetches pages that were asked about, by the rules of all fetching from strangers."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from kiemtin.exchange.actions.fetch_source import public_fetcher
from kiemtin.exchange.fetching.failures import FetchError
from kiemtin.exchange.fetching.fetcher import Fetcher, Limits
from kiemtin.exchange.fetching.robots import Robots
from kiemtin.media.page_text import LARGEST, page_text
from kiemtin.questions.link_pages import PageNotReadError, PageRead

_LIMITS = Limits(size=LARGEST, seconds=20.0)
_KEPT = 20_000  # characters of its text: enough to be matched by, and no copy of the page


def read_page(url: str, *, fetcher: Fetcher | None = None) -> PageRead:
    """Fetch a page, if its publisher lets programs read it.

    Raises
    ------
    PageNotReadError
    """
    fetcher = fetcher or public_fetcher()
    folder = Path(tempfile.mkdtemp(prefix="kiemtin-link-"))
    try:
        Robots(fetcher, folder).check(url)
        path = folder / "page"
        answer = fetcher.get(url, into=path, limits=_LIMITS)
        body = path.read_bytes()
    except FetchError as error:
        raise PageNotReadError(error.failure.value, error.status) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    said = page_text(body, answer.content_type)
    return PageRead(answer.url, said.title, said.description, said.text[:_KEPT], hashlib.sha256(body).hexdigest())
