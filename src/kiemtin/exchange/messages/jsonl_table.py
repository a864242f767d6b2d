"""JSON, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Self

from kiemtin.exchange.messages.base import Place
from kiemtin.exchange.messages.exceptions import UnreadableMessagesError
from kiemtin.exchange.messages.rows import MessageFault, MessageRow, ResultRow, message_row
from kiemtin.exchange.readers.base import BOM
from kiemtin.exchange.readers.lines import parse
from kiemtin.exchange.rows import Fault, RowError


class JsonlMessages:
    """Reads messages from JSON lines; a row without the column is a row without text."""

    in_bytes = True

    def rows(self, path: Path, column: str, place: Place) -> Iterator[MessageRow]:
        """Yield a row for each line that is not empty; see `MessageReader`."""
        try:
            file = path.open("rb")
        except OSError as error:
            raise UnreadableMessagesError(path, error.strerror or str(error)) from error
        with file:
            place.total = path.stat().st_size
            for line in file:
                content = line.removeprefix(BOM) if not place.done else line
                place.done += len(line)
                if content.strip():
                    yield _row(content, column)


def _row(content: bytes, column: str) -> MessageRow:
    try:
        value = parse(content)
    except RowError as error:
        is_encoding = error.fault is Fault.NOT_UTF8
        return MessageRow("", "", MessageFault.NOT_UTF8 if is_encoding else MessageFault.NOT_READABLE)
    if not isinstance(value, dict):
        return MessageRow("", "", MessageFault.NOT_READABLE)
    return message_row(value.get("id", value.get("_id")), value.get(column))


class JsonlResults:
    """Writes results as JSON lines; `matches` as a list and `guards` as a list of words."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def write(self, rows: Iterable[ResultRow]) -> None:
        """Write rows in order."""
        for row in rows:
            value = asdict(row) | {"guards": row.guards.split(), "matches": json.loads(row.matches)}
            self._file.write(json.dumps(value, ensure_ascii=False) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
