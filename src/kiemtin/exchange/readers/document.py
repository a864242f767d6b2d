"""ClaimReview as JSON-LD: one, a list, an `@graph`, or a schema.org DataFeed document of any size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiemtin.exchange.mapping import claimreview
from kiemtin.exchange.readers.base import Meter, fault_of, open_bytes
from kiemtin.exchange.readers.head import first_lines, looks_like_document
from kiemtin.exchange.readers.json_stream import Break, Element, Place, elements
from kiemtin.exchange.rows import BadRow, Fault, Item, Row, RowError


class ClaimReviewDocument:
    """Reads the document as a stream; a break in its middle costs only what comes after it."""

    name = "claimreview-document"

    def recognises(self, path: Path) -> bool:
        """Return whether the file begins as a JSON object or array."""
        return path.is_file() and looks_like_document(first_lines(path))

    def files(self, path: Path) -> list[Path]:
        """Return the file itself."""
        return [path]

    def rows(self, path: Path, meter: Meter) -> Iterator[Row]:
        """Yield a row for each review; nodes of other types beside them (the page, its site) are no rows."""
        is_empty = True
        for found in _elements(path, meter):
            for row in _rows(path, found):
                is_empty = False
                yield row
        if is_empty:
            yield BadRow(path, 1, Fault.NO_CLAIM_REVIEW)


def _elements(path: Path, meter: Meter) -> Iterator[Element | Break]:
    try:
        with open_bytes(path, meter) as stream:
            yield from elements(stream)
    except OSError as error:
        yield Break(1, 0, fault_of(error))


def _rows(path: Path, found: Element | Break) -> Iterator[Row]:
    if isinstance(found, Break):
        yield BadRow(path, found.line, found.fault, found.byte)
    elif found.fault is not None:
        yield BadRow(path, found.line, found.fault)
    else:
        yield from _reviews(path, found)


def _reviews(path: Path, found: Element) -> Iterator[Row]:
    nodes = list(claimreview.claim_reviews(found.value))
    if not nodes and _must_hold_one(found):
        yield BadRow(path, found.line, Fault.NO_CLAIM_REVIEW)
    for node in nodes:
        try:
            yield Item((claimreview.to_review(node),), found.line)
        except RowError as error:
            yield BadRow(path, found.line, error.fault)


def _must_hold_one(found: Element) -> bool:
    """Return whether an element without a review is a mistake; typed nodes beside reviews are none."""
    if found.place is Place.TOP:
        return False
    is_typed = isinstance(found.value, dict) and bool(claimreview.types(found.value))
    return found.place is Place.FEED or not is_typed
