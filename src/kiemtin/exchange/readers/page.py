"""ClaimReview in a web page: the JSON-LD of its `script` elements, found as browsers find them."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

from kiemtin.exchange.mapping import claimreview
from kiemtin.exchange.readers.base import READ_ERRORS, Meter, fault_of, open_bytes
from kiemtin.exchange.readers.head import first_lines
from kiemtin.exchange.readers.json_stream import Break, Element, elements
from kiemtin.exchange.rows import BadRow, Fault, Item, Row, RowError

_LIMIT = 8 << 20
_BEGIN = re.compile(r"<(?:!--|(?P<tag>[a-zA-Z][^\s/>]*))")
_ATTRIBUTE = re.compile(
    r"[\s/]*(?:(?P<end>>)|(?P<name>[^\s/>][^\s/>=]*)"
    r"(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s>\"'][^\s>]*)?))?)"
)
_RAW = {
    tag: re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE)
    for tag in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}
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
    """Return the JSON-LD scripts of a page, each with the line it starts on, in time linear in its length.

    By the tokenisation of the HTML standard (13.2.5) as far as it matters here. The standard library's parser takes
    minutes for some pages of 60 kB, and stumbles over `<![word[`.
    """
    text = content.decode("utf-8", errors="replace")
    return [(line, script) for line, tag, kind, script in _raw_elements(text) if tag == "script" and _is_json_ld(kind)]


def _is_json_ld(kind: str) -> bool:
    return kind.partition(";")[0].strip().lower() == "application/ld+json"


def _raw_elements(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield line, name, type and content of elements in whose content no tag counts; none of those left open."""
    line, counted, at = 1, 0, 0
    while (found := _BEGIN.search(text, at)) is not None:
        if found["tag"] is None:
            end = text.find("-->", found.start() + 2)  # `<!-->` is one already
            if end < 0:
                return
            at = end + 3
            continue
        kind, at = _type_and_end(text, found.end())
        tag = found["tag"].lower()
        if not at:
            return
        if tag in _RAW:
            closing = _RAW[tag].search(text, at)
            if closing is None:
                return
            line += text.count("\n", counted, found.start())
            counted = found.start()
            yield line, tag, kind, text[at : closing.start()]
            at = closing.end()


def _type_and_end(text: str, at: int) -> tuple[str, int]:
    """Return the attribute `type` of a tag and the place after the tag; 0 where it does not end."""
    kind: str | None = None
    while (found := _ATTRIBUTE.match(text, at)) is not None:
        if found["end"]:
            return html.unescape(kind or ""), found.end()
        if kind is None and found["name"].lower() == "type":
            kind = found["double"] or found["single"] or found["bare"] or ""
        at = found.end()
    return "", 0


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
