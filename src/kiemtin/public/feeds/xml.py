"""Writing XML, with what XML cannot hold left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

# Neither as it is nor escaped (XML 1.0, section 2.2).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Xml:
    """A document that is being written."""

    def __init__(self) -> None:
        self._out = StringIO()
        self._xml = SimplerXMLGenerator(self._out, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    def start(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        """Begin an element."""
        self._xml.startElement(name, AttributesImpl(_attributes(attributes)))

    def end(self, name: str) -> None:
        """End the element that was begun last."""
        self._xml.endElement(name)

    def text(self, name: str, content: str = "", attributes: Mapping[str, str] | None = None) -> None:
        """Write an element with text in it."""
        self._xml.addQuickElement(name, _plain(content), _attributes(attributes))

    def document(self) -> str:
        """Return what was written."""
        return self._out.getvalue()


def _plain(text: str) -> str:
    return _NOT_XML.sub("", text)


def _attributes(attributes: Mapping[str, str] | None) -> dict[str, str]:
    return {name: _plain(value) for name, value in (attributes or {}).items()}
