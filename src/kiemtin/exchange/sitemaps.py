"""Site maps (https://www.sitemaps.org/protocol.html), read as a stream, without the traps of XML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import iterparse  # type: ignore[import-untyped]

from kiemtin.exchange.readers.base import READ_ERRORS, open_bytes

MAX_ENTRIES = 50_000


class SitemapError(Exception):
    """It is no site map, or broken; what came before was given."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a site map: another site map, or a page with the time of its last change as it is written."""

    url: str
    lastmod: str = ""
    is_sitemap: bool = False


def entries(path: Path) -> Iterator[Entry]:
    """Yield the lines of a site map or of an index of site maps, packed or not.

    Raises
    ------
    SitemapError
    """
    try:
        with open_bytes(path) as stream:
            for count, entry in enumerate(_entries(stream)):
                if count >= MAX_ENTRIES:
                    raise SitemapError("too many entries")
                yield entry
    except (ParseError, DefusedXmlException, ValueError, *READ_ERRORS) as error:
        raise SitemapError(str(error)) from error


def _entries(stream: object) -> Iterator[Entry]:
    root: Element | None = None
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if root is None:
            root = element
            if _name(element) not in ("urlset", "sitemapindex"):
                raise SitemapError(f"a {_name(element)[:40]} is no site map")
        if event == "end" and _name(element) in ("url", "sitemap"):
            fields = {_name(child): (child.text or "").strip() for child in element}
            if fields.get("loc"):
                yield Entry(fields["loc"], fields.get("lastmod", "")[:40], _name(element) == "sitemap")
            root.clear()


def _name(element: Element) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
