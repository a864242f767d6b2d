"""All formats of feeds, the one that most programs read first."""

from __future__ import annotations

from typing import Protocol

from kiemtin.public.feeds.atom import Atom
from kiemtin.public.feeds.content import Feed
from kiemtin.public.feeds.json_feed import JsonFeed
from kiemtin.public.feeds.rss import Rss


class Format(Protocol):
    """One format: its ending, what people call it, and its media type."""

    name: str
    label: str
    content_type: str

    def write(self, feed: Feed) -> str:
        """Return the document."""
        ...


_ALL: tuple[Format, ...] = (Atom(), Rss(), JsonFeed())
FORMATS = {one.name: one for one in _ALL}
