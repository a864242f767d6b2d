"""Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from kiemtin.exchange.messages.base import Place
from kiemtin.exchange.messages.exceptions import MissingColumnError, UnreadableMessagesError
from kiemtin.exchange.messages.rows import COLUMNS, MessageRow, ResultRow, message_row

_BATCH = 1_000
_TYPES = {"probability": pa.float64(), "near_copy": pa.bool_(), "encoder": pa.bool_()}
_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in COLUMNS])


class ParquetMessages:
    """Reads messages from Parquet, a batch at a time."""

    in_bytes = False

    def rows(self, path: Path, column: str, place: Place) -> Iterator[MessageRow]:
        """Yield a row for each row; see `MessageReader`."""
        with _opened(path) as file:
            names = tuple(file.schema_arrow.names)
            if column not in names:
                raise MissingColumnError(path, column, names)
            place.total = file.metadata.num_rows
            wanted = [column, "id"] if "id" in names else [column]
            for batch in file.iter_batches(_BATCH, columns=wanted):
                for cells in batch.to_pylist():
                    place.done += 1
                    yield message_row(cells.get("id"), cells[column])


@contextmanager
def _opened(path: Path) -> Iterator[pq.ParquetFile]:
    try:
        with pq.ParquetFile(path) as file:
            yield file
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise UnreadableMessagesError(path, str(error)) from error


class ParquetResults:
    """Writes results as Parquet."""

    def __init__(self, path: Path) -> None:
        self._writer = pq.ParquetWriter(path, _SCHEMA)

    def write(self, rows: Iterable[ResultRow]) -> None:
        """Write rows in order, as one row group."""
        given = list(rows)
        columns = {name: [getattr(row, name) for row in given] for name in COLUMNS}
        self._writer.write_table(pa.table(columns, schema=_SCHEMA))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.close()
