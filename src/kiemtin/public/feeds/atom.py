"""Atom: RFC 4287, with the licence link of RFC 4946."""

from __future__ import annotations

from django.utils.feedgenerator import rfc3339_date

from kiemtin.public.feeds.content import SITE, Entry, Feed
from kiemtin.public.feeds.xml import Xml

_NAMESPACE = "http://www.w3.org/2005/Atom"


class Atom:
    """Writes Atom."""

    name = "atom"
    label = "Atom"
    content_type = "application/atom+xml"

    def write(self, feed: Feed) -> str:
        """Return the document."""
        xml = Xml()
        xml.start("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.language})
        _head(xml, feed)
        for entry in feed.entries:
            _entry(xml, entry)
        xml.end("feed")
        return xml.document()


def _head(xml: Xml, feed: Feed) -> None:
    xml.text("id", feed.own)
    xml.text("title", feed.title)
    xml.text("subtitle", feed.description)
    xml.text("updated", rfc3339_date(feed.updated))
    xml.text("link", "", {"rel": "self", "type": Atom.content_type, "href": feed.own})
    xml.text("link", "", {"rel": "alternate", "type": "text/html", "hreflang": feed.language, "href": feed.address})
    xml.text("link", "", {"rel": "license", "href": feed.licence})
    xml.text("icon", feed.icon)
    xml.text("generator", SITE, {"uri": feed.home})
    _person(xml, SITE, feed.home)


def _entry(xml: Xml, entry: Entry) -> None:
    xml.start("entry", {"xml:lang": entry.language})
    xml.text("id", entry.identity)
    xml.text("title", entry.title)
    xml.text("link", "", {"rel": "alternate", "type": "text/html", "href": entry.address})
    xml.text("published", rfc3339_date(entry.published))
    xml.text("updated", rfc3339_date(entry.updated))
    _person(xml, entry.author, entry.author_address)
    for label in entry.labels:
        xml.text("category", "", {"term": label.term, "label": label.name})
    xml.text("summary", entry.summary)
    xml.text("content", entry.html, {"type": "html"})
    xml.end("entry")


def _person(xml: Xml, name: str, address: str) -> None:
    xml.start("author")
    xml.text("name", name)
    xml.text("uri", address)
    xml.end("author")
