"""ClaimReview in a web page: the JSON-LD of its `script` elements, found with the standard library's parser."""

from __future__ import annotations

import io
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from kiemtin.exchange.mapping import claimreview
from kiemtin.exchange.readers.base import READ_ERRORS, Meter, fault_of, open_bytes
from kiemtin.exchange.readers.head import first_lines
from kiemtin.exchange.readers.json_stream import Break, Element, elements
from kiemtin.exchange.rows import BadRow, Fault, Item, Row, RowError

_LIMIT = 8 << 20
_BEGINNINGS = (b"<!doctype html", b"<html", b"<head", b"<!--", b"<?xml", b"<script")


class ClaimReviewPage:
    """Reads what a page says of itself; nodes of other types beside its reviews are no rows."""

    name = "claimreview-page"

    def recognises(self, path: Path) -> bool:
        """Return whether the file begins as a web page."""
        lines = first_lines(path) if path.is_file() else []
        return bool(lines) and lines[0].lower().startswith(_BEGINNINGS) and b"<html" in b" ".join(lines).lower()

    def files(self, path: Path) -> list[Path]:
        """Return the file itself."""
        return [path]

    def rows(self, path: Path, meter: Meter) -> Iterator[Row]:
        """Yield a row for each review in the page, and one for each script that is no JSON."""
        try:
            with open_bytes(path, meter) as stream:
                content = stream.read(_LIMIT + 1)
        except READ_ERRORS as error:
            yield BadRow(path, None, fault_of(error))
            return
        if len(content) > _LIMIT:
            yield BadRow(path, None, Fault.TOO_LARGE)
            return
        is_empty = True
        for line, script in scripts_of(content):
            for row in _rows(path, line, script):
                is_empty = False
                yield row
        if is_empty:
            yield BadRow(path, None, Fault.NO_CLAIM_REVIEW)


def scripts_of(content: bytes) -> list[tuple[int, str]]:
    """Return the JSON-LD scripts of a page, each with the line it starts on."""
    finder = _Finder()
    finder.feed(content.decode("utf-8", errors="replace"))
    finder.close()
    return finder.found


class _Finder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._open: list[str] | None = None
        self._line = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("type") or ""
        if tag == "script" and kind.partition(";")[0].strip().lower() == "application/ld+json":
            self._open, self._line = [], self.getpos()[0]

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            self._open.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._open is not None:
            self.found.append((self._line, "".join(self._open)))
            self._open = None


def _rows(path: Path, line: int, script: str) -> Iterator[Row]:
    bare = script.strip().removeprefix("<!--").removesuffix("-->").removeprefix("<![CDATA[").removesuffix("]]>")
    for found in elements(io.BytesIO(bare.encode("utf-8", errors="replace"))):
        at = line + found.line - 1
        if isinstance(found, Break):
            yield BadRow(path, at, Fault.NOT_JSON)
        elif found.fault is not None:
            yield BadRow(path, at, found.fault)
        else:
            yield from _reviews(path, at, found)


def _reviews(path: Path, line: int, found: Element) -> Iterator[Row]:
    for node in claimreview.claim_reviews(found.value):
        try:
            yield Item((claimreview.to_review(node),), line)
        except RowError as error:
            yield BadRow(path, line, error.fault)
