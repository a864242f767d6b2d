"""RSS 2.0 (https://www.rssboard.org/rss-specification), with Atom's link to itself and the whole text of entries."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO

from django.utils.feedgenerator import rfc2822_date
from django.utils.xmlutils import SimplerXMLGenerator

from kiemtin.public.feeds.atom import Atom
from kiemtin.public.feeds.content import SITE, Entry, Feed, xml_text

_NAMESPACES = {
    "version": "2.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
}


class Rss:
    """Writes RSS."""

    name = "rss"
    label = "RSS"
    content_type = "application/rss+xml"

    def write(self, feed: Feed) -> str:
        """Return the document."""
        out = StringIO()
        xml = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
        xml.startDocument()
        xml.startElement("rss", _NAMESPACES)
        xml.startElement("channel", {})
        _head(xml, feed)
        for entry in feed.entries:
            _item(xml, entry)
        xml.endElement("channel")
        xml.endElement("rss")
        return out.getvalue()


def _head(xml: SimplerXMLGenerator, feed: Feed) -> None:
    _text(xml, "title", feed.title)
    _text(xml, "link", feed.address)
    _text(xml, "description", feed.description)
    _text(xml, "language", feed.language)
    _text(xml, "lastBuildDate", rfc2822_date(feed.updated))
    _text(xml, "generator", SITE)
    _text(xml, "docs", "https://www.rssboard.org/rss-specification")
    _text(xml, "ttl", "10")
    _text(xml, "atom:link", "", {"rel": "self", "type": Rss.content_type, "href": feed.own})
    own, atom = feed.own.removesuffix(f".{Rss.name}"), f".{Atom.name}"
    _text(xml, "atom:link", "", {"rel": "alternate", "type": Atom.content_type, "href": own + atom})
    _text(xml, "creativeCommons:license", feed.licence)


def _item(xml: SimplerXMLGenerator, entry: Entry) -> None:
    xml.startElement("item", {})
    _text(xml, "title", entry.title)
    _text(xml, "link", entry.address)
    _text(xml, "guid", entry.identity, {"isPermaLink": "true"})
    _text(xml, "pubDate", rfc2822_date(entry.published))
    _text(xml, "dc:creator", entry.author)
    for label in entry.labels:
        _text(xml, "category", label.name)
    _text(xml, "description", entry.summary)
    _text(xml, "content:encoded", entry.html)
    xml.endElement("item")


def _text(xml: SimplerXMLGenerator, name: str, content: str, attributes: Mapping[str, str] | None = None) -> None:
    told = {key: xml_text(value) for key, value in (attributes or {}).items()}
    xml.addQuickElement(name, xml_text(content), told)
