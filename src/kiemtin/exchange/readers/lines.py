"""ClaimReview as NDJSON, one a line: the form of the historical Data Commons dump."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kiemtin.checks.review import Review
from kiemtin.exchange.mapping import claimreview
from kiemtin.exchange.readers.base import BOM, READ_ERRORS, Meter, fault_of, open_bytes
from kiemtin.exchange.readers.head import first_lines, looks_like_lines
from kiemtin.exchange.rows import BadRow, Fault, Item, Row, RowError

_LINE_LIMIT = 64 << 20


class ClaimReviewLines:
    r"""Lines end at `\n`; a bare `\r` or another control character inside a string belongs to the text."""

    name = "claimreview-lines"

    def recognises(self, path: Path) -> bool:
        """Return whether the first lines are JSON objects of their own."""
        return path.is_file() and looks_like_lines(first_lines(path))

    def files(self, path: Path) -> list[Path]:
        """Return the file itself."""
        return [path]

    def rows(self, path: Path, meter: Meter) -> Iterator[Row]:
        """Yield a row for each line that is not empty."""
        line = 0
        try:
            with open_bytes(path, meter) as stream:
                for line, content in _numbered(stream):
                    yield _row(path, line, content)
        except READ_ERRORS as error:
            yield BadRow(path, line + 1, fault_of(error))


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield line number (from 1) and content; None in place of a line beyond the limit."""
    number = 0
    while content := stream.readline(_LINE_LIMIT):
        number += 1
        whole: bytes | None = content
        while not content.endswith(b"\n") and (content := stream.readline(_LINE_LIMIT)):
            whole = None
        if number == 1 and whole:
            whole = whole.removeprefix(BOM)
        if whole is None or whole.strip():
            yield number, whole


def _row(path: Path, line: int, content: bytes | None) -> Row:
    try:
        return Item(_reviews(content), line)
    except RowError as error:
        return BadRow(path, line, error.fault)


def _reviews(content: bytes | None) -> tuple[Review, ...]:
    if content is None:
        raise RowError(Fault.TOO_LARGE)
    reviews = tuple(claimreview.to_review(node) for node in claimreview.claim_reviews(parse(content)))
    if not reviews:
        raise RowError(Fault.NO_CLAIM_REVIEW)
    return reviews


def parse(content: bytes) -> object:
    """Return the JSON value of one line.

    Raises
    ------
    RowError
        It is not UTF-8, not JSON, or nested too deeply.
    """
    try:
        return json.loads(content.decode("utf-8"), strict=False)
    except UnicodeDecodeError:
        raise RowError(Fault.NOT_UTF8) from None
    except RecursionError:
        raise RowError(Fault.TOO_DEEP) from None
    except ValueError:
        raise RowError(Fault.NOT_JSON) from None
