"""Pages behind links that were asked about, where a desk has them opened.

How a page is fetched is no business of this room: whoever puts the program together hands in a `PageReader`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from kiemtin.media.links import Link, find_links, read_link
from kiemtin.questions.bare_link import bare_link
from kiemtin.questions.digest import digest_of
from kiemtin.questions.enums import PageState
from kiemtin.questions.masking import MARK, unmarked
from kiemtin.questions.models import LinkPage

OF_A_MESSAGE = 3
"""So many links of a message are opened."""

_SEARCHED = 8_000  # characters of a page that are searched for


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as it was fetched, not masked yet."""

    url: str
    title: str
    description: str
    text: str
    sha256: str


class PageNotReadError(Exception):
    """A page could not be fetched; `failure` says why, by code."""

    def __init__(self, failure: str, status: int = 0) -> None:
        super().__init__(failure)
        self.failure, self.status = failure, status


class PageReader(Protocol):
    """Fetches the page at an address."""

    def __call__(self, url: str) -> PageRead:
        """Fetch it.

        Raises
        ------
        PageNotReadError
        """


def openable(text: str) -> list[Link]:
    """Return the links of a masked text that can be opened: not those that masking took something out of."""
    found: dict[str, Link] = {}
    for written in dict.fromkeys(one.text for one in find_links(text) if not MARK.search(one.text)):
        link = read_link(written) if len(found) < OF_A_MESSAGE else None
        if link is not None:
            found.setdefault(link.canonical, link)
    return list(found.values())


def key_of(link: Link) -> str:
    """Return the key of the page of a link."""
    return digest_of(link.canonical)


def queue_pages(text: str) -> None:
    """Have the links of a masked text opened, once each."""
    rows = [LinkPage(key=key_of(link), address=link.target) for link in openable(text)]
    if rows:
        LinkPage.objects.bulk_create(rows, ignore_conflicts=True)


def pages_of(texts: Iterable[str]) -> dict[str, LinkPage]:
    """Return the pages of the links in masked texts, by the canonical form of the link: one query at most."""
    keys = {key_of(link): link.canonical for text in texts for link in openable(text)}
    rows = LinkPage.objects.filter(key__in=keys) if keys else ()
    return {keys[row.key]: row for row in rows}


def said_at(text: str) -> str:
    """Return what the page says that a masked text consists of a link to; empty if nothing is known of it."""
    if not bare_link(text):
        return ""
    links = openable(text)
    page = LinkPage.objects.filter(key=key_of(links[0]), state=PageState.READ).first() if links else None
    if page is None:
        return ""
    said = (page.title, page.description, page.text)
    return unmarked("\n".join(part for part in said if part))[:_SEARCHED]
