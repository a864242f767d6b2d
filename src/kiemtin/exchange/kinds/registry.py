"""All kinds of sources, and what reads them."""

from __future__ import annotations

from collections.abc import Callable

from kiemtin.exchange.kinds.feed import read_desk, read_feed, read_tables
from kiemtin.exchange.kinds.pages import read_pages
from kiemtin.exchange.looking import Look, Report
from kiemtin.exchange.sources import SourceKind

READ: dict[str, Callable[[Look], Report]] = {
    SourceKind.DESK: read_desk,
    SourceKind.DATAFEED: read_feed,
    SourceKind.PAGES: read_pages,
    SourceKind.SITEMAP: read_pages,
    SourceKind.COFACTS: read_tables,
}
"""Each raises `FetchError` if the source itself could not be fetched."""
