"""What reads messages and what writes results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from kiemtin.exchange.messages.rows import MessageRow, ResultRow


@dataclass(slots=True)
class Place:
    """How far a file was read: `done` of `total`, in bytes or in rows."""

    done: int = 0
    total: int = 0


class MessageReader(Protocol):
    """One format. A row that cannot be asked comes with its fault: each row in has a row out.

    `in_bytes` says what `Place` counts: bytes, or else rows.
    """

    in_bytes: bool

    def rows(self, path: Path, column: str, place: Place) -> Iterator[MessageRow]:
        """Yield the rows in order, moving `place`.

        Raises
        ------
        UnreadableMessagesError, MissingColumnError
        """
        ...


class ResultWriter(Protocol):
    """One format. A context manager; leaving it closes the file."""

    def __init__(self, path: Path) -> None: ...

    def write(self, rows: Iterable[ResultRow]) -> None:
        """Write rows in order."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
