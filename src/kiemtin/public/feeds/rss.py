"""RSS 2.0 (https://www.rssboard.org/rss-specification), with Atom's link to itself and the whole text of entries."""

from __future__ import annotations

from html import escape

from django.utils.feedgenerator import rfc2822_date

from kiemtin.public.feeds.atom import Atom
from kiemtin.public.feeds.content import SITE, Entry, Feed
from kiemtin.public.feeds.xml import Xml

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
        xml = Xml()
        xml.start("rss", _NAMESPACES)
        xml.start("channel")
        _head(xml, feed)
        for entry in feed.entries:
            _item(xml, entry)
        xml.end("channel")
        xml.end("rss")
        return xml.document()


def _head(xml: Xml, feed: Feed) -> None:
    xml.text("title", feed.title)
    xml.text("link", feed.address)
    xml.text("description", feed.description)
    xml.text("language", feed.language)
    xml.text("lastBuildDate", rfc2822_date(feed.updated))
    xml.text("generator", SITE)
    xml.text("docs", "https://www.rssboard.org/rss-specification")
    xml.text("ttl", "10")
    xml.text("atom:link", "", {"rel": "self", "type": Rss.content_type, "href": feed.own})
    own, atom = feed.own.removesuffix(f".{Rss.name}"), f".{Atom.name}"
    xml.text("atom:link", "", {"rel": "alternate", "type": Atom.content_type, "href": own + atom})
    xml.text("creativeCommons:license", feed.licence)


def _item(xml: Xml, entry: Entry) -> None:
    xml.start("item")
    xml.text("title", entry.title)
    xml.text("link", entry.address)
    xml.text("guid", entry.identity, {"isPermaLink": "true"})
    xml.text("pubDate", rfc2822_date(entry.published))
    xml.text("dc:creator", entry.author)
    for label in entry.labels:
        xml.text("category", label.name)
    xml.text("description", escape(entry.summary, quote=False))  # readers show it as HTML
    xml.text("content:encoded", entry.html)
    xml.end("item")
