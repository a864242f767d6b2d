"""Atom: RFC 4287, with the licence link of RFC 4946."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO

from django.utils.feedgenerator import rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from kiemtin.public.feeds.content import SITE, Entry, Feed, xml_text

_NAMESPACE = "http://www.w3.org/2005/Atom"


class Atom:
    """Writes Atom."""

    name = "atom"
    label = "Atom"
    content_type = "application/atom+xml"

    def write(self, feed: Feed) -> str:
        """Return the document."""
        out = StringIO()
        xml = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
        xml.startDocument()
        xml.startElement("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.language})
        _head(xml, feed)
        for entry in feed.entries:
            _entry(xml, entry)
        xml.endElement("feed")
        return out.getvalue()


def _head(xml: SimplerXMLGenerator, feed: Feed) -> None:
    _text(xml, "id", feed.own)
    _text(xml, "title", feed.title)
    _text(xml, "subtitle", feed.description)
    _text(xml, "updated", rfc3339_date(feed.updated))
    _text(xml, "link", "", {"rel": "self", "type": Atom.content_type, "href": feed.own})
    _text(xml, "link", "", {"rel": "alternate", "type": "text/html", "hreflang": feed.language, "href": feed.address})
    _text(xml, "link", "", {"rel": "license", "href": feed.licence})
    _text(xml, "icon", feed.icon)
    _text(xml, "generator", SITE, {"uri": feed.home})
    _person(xml, SITE, feed.home)


def _entry(xml: SimplerXMLGenerator, entry: Entry) -> None:
    xml.startElement("entry", {"xml:lang": entry.language})
    _text(xml, "id", entry.identity)
    _text(xml, "title", entry.title)
    _text(xml, "link", "", {"rel": "alternate", "type": "text/html", "href": entry.address})
    _text(xml, "published", rfc3339_date(entry.published))
    _text(xml, "updated", rfc3339_date(entry.updated))
    _person(xml, entry.author, entry.author_address)
    for label in entry.labels:
        _text(xml, "category", "", {"term": label.term, "label": label.name})
    _text(xml, "summary", entry.summary)
    _text(xml, "content", entry.html, {"type": "html"})
    xml.endElement("entry")


def _person(xml: SimplerXMLGenerator, name: str, address: str) -> None:
    xml.startElement("author", {})
    _text(xml, "name", name)
    _text(xml, "uri", address)
    xml.endElement("author")


def _text(xml: SimplerXMLGenerator, name: str, content: str, attributes: Mapping[str, str] | None = None) -> None:
    told = {key: xml_text(value) for key, value in (attributes or {}).items()}
    xml.addQuickElement(name, xml_text(content), told)
