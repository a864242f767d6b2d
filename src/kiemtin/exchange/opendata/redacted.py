"""An export as it was, without the texts of messages that nobody agrees to any more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pyarrow.parquet as pq

from kiemtin.exchange.opendata.shape import MATCHES, MESSAGES, TABLES, Rows

_BATCH = 2_000


def message_ids(package: Path) -> set[int]:
    """Return the numbers of the messages whose texts are in an export."""
    with pq.ParquetFile(_parquet(package, MESSAGES.name)) as file:
        return {int(id_.as_py()) for batch in file.iter_batches(_BATCH, columns=["id"]) for id_ in batch.column(0)}


@dataclass(frozen=True, slots=True)
class Redacted:
    """The rows of an export on disk, to be written anew without some messages."""

    package: Path
    gone: Collection[int]

    def rows(self) -> Rows:
        """Return the rows of each table."""
        return {table.name: self._reader(table.name) for table in TABLES}

    def _reader(self, table: str) -> Callable[[], Iterator[SimpleNamespace]]:
        return lambda: self._read(table)

    def _read(self, table: str) -> Iterator[SimpleNamespace]:
        with pq.ParquetFile(_parquet(self.package, table)) as file:
            for batch in file.iter_batches(_BATCH):
                for cells in batch.to_pylist():
                    if table == MESSAGES.name and cells["id"] in self.gone:
                        continue
                    if table == MATCHES.name and cells["message_id"] in self.gone:
                        cells |= {"message_id": None, "passage": ""}
                    yield SimpleNamespace(**cells)


def _parquet(package: Path, table: str) -> Path:
    return package / "data" / f"{table}.parquet"
