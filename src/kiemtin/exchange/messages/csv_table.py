r"""CSV with a header: UTF-8, separated by comma, semicolon or tab.

Rows end at `\n` or `\r\n`. A bare `\r` inside a text belongs to the text, quoted or not: it has split rows of public
tables of messages before.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from kiemtin.exchange.messages.base import Place
from kiemtin.exchange.messages.exceptions import MissingColumnError, UnreadableMessagesError
from kiemtin.exchange.messages.rows import COLUMNS, MessageFault, MessageRow, ResultRow, message_row
from kiemtin.exchange.spreadsheet import as_text

_BARE_RETURN = re.compile(r"\r(?!\n)")
_STAND_IN = "\ufdd1"  # a noncharacter: carries a bare \r past the parser
_CELL_LIMIT = 64 << 20


class CsvMessages:
    """Reads messages from CSV."""

    in_bytes = True

    def rows(self, path: Path, column: str, place: Place) -> Iterator[MessageRow]:
        """Yield a row for each line after the header; see `MessageReader`."""
        csv.field_size_limit(_CELL_LIMIT)
        with _opened(path) as file:
            place.total = os.fstat(file.fileno()).st_size
            header = next(_lines(file, place), "")
            table = csv.reader(_lines(file, place), delimiter=_delimiter(header))
            names = next(csv.reader([header.strip("\r\n")], delimiter=_delimiter(header)), [])
            if column not in names:
                raise MissingColumnError(path, column, tuple(names))
            yield from _rows(table, names, column)


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    try:
        file = path.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n")
    except OSError as error:
        raise UnreadableMessagesError(path, error.strerror or str(error)) from error
    with file:
        yield file


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _lines(file: TextIO, place: Place) -> Iterator[str]:
    for line in file:
        place.done = min(place.done + len(line.encode("utf-8", "surrogateescape")), place.total)
        yield _BARE_RETURN.sub(_STAND_IN, line)


def _rows(table: Iterator[list[str]], names: list[str], column: str) -> Iterator[MessageRow]:
    text_at = names.index(column)
    id_at = names.index("id") if "id" in names else None
    while True:
        try:
            cells = next(table)
        except StopIteration:
            return
        except csv.Error:
            yield MessageRow("", "", MessageFault.NOT_READABLE)
            continue
        if cells:
            yield message_row(_cell(cells, id_at), _cell(cells, text_at))


def _cell(cells: list[str], at: int | None) -> str | None:
    return None if at is None or at >= len(cells) else cells[at].replace(_STAND_IN, "\r")


class CsvResults:
    """Writes results as CSV; texts with line breaks of any kind are quoted, and none is a formula."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._table = csv.writer(self._file)
        self._table.writerow(COLUMNS)

    def write(self, rows: Iterable[ResultRow]) -> None:
        """Write rows in order."""
        for row in rows:
            self._table.writerow(as_text(cell) if isinstance(cell, str) else cell for cell in astuple(row))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
