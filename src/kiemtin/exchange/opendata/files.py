"""One table into one file, row by row: CSV as RFC 4180 has it, and Parquet. The same rows give the same bytes.

In CSV a text that a spreadsheet would take for a formula has an apostrophe before it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils import timezone

from kiemtin.exchange.opendata.shape import Column, Kind, Table
from kiemtin.exchange.spreadsheet import as_text

Cells = tuple[Any, ...]

_GROUP = 5_000
"""Rows in memory at a time, and rows of a Parquet row group."""

_ARROW: Final = {
    Kind.TEXT: pa.string(),
    Kind.COUNT: pa.int64(),
    Kind.SHARE: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.DAY: pa.date32(),
    Kind.MOMENT: pa.timestamp("us", tz="UTC"),
    Kind.TEXTS: pa.list_(pa.string()),
}


def write_table(table: Table, rows: Iterable[object], *, csv_path: Path, parquet_path: Path) -> tuple[int, dt.date]:
    """Write the rows, which have an attribute for each column, to both files; a group of them is in memory at a time.

    Returns
    -------
    tuple
        How many rows, and the latest of their days that date the export; `date.min` without any.
    """
    count, latest = 0, dt.date.min
    dates = [place for place, column in enumerate(table.columns) if column.dates]
    with _csv_writer(table, csv_path) as to_csv, _parquet_writer(table, parquet_path) as to_parquet:
        for group in _groups(map(attrgetter(*table.names), rows)):
            to_csv(group)
            to_parquet(group)
            count += len(group)
            days = (_day(cells[place]) for cells in group for place in dates if cells[place] is not None)
            latest = max(chain([latest], days))
    return count, latest


def _groups(rows: Iterator[Cells]) -> Iterator[list[Cells]]:
    while group := list(islice(rows, _GROUP)):
        yield group


def _day(value: dt.date) -> dt.date:
    return timezone.localdate(value) if isinstance(value, dt.datetime) else value


@contextmanager
def _csv_writer(table: Table, path: Path) -> Iterator[Callable[[list[Cells]], None]]:
    forms = [_FORMS[column.kind] for column in table.columns]
    with path.open("w", encoding="utf-8", newline="") as file:
        # With \r\n as the end of a line a bare \r inside a text is quoted too: it has split rows of public tables.
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(table.names)

        def write(group: list[Cells]) -> None:
            writer.writerows([form(cell) for form, cell in zip(forms, cells, strict=True)] for cells in group)

        yield write


@contextmanager
def _parquet_writer(table: Table, path: Path) -> Iterator[Callable[[list[Cells]], None]]:
    schema = pa.schema([_field(column) for column in table.columns])
    with pq.ParquetWriter(path, schema, compression="zstd", store_schema=False) as writer:

        def write(group: list[Cells]) -> None:
            columns = zip(*group, strict=True)
            arrays = [pa.array(cells, type=field.type) for cells, field in zip(columns, schema, strict=True)]
            writer.write_table(pa.table(arrays, schema=schema), row_group_size=_GROUP)

        yield write


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, _ARROW[column.kind], nullable=column.optional)


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _moment(value: dt.datetime | None) -> str:
    return "" if value is None else value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_FORMS: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.TEXT: lambda value: as_text(_plain(value)),
    Kind.COUNT: _plain,
    Kind.SHARE: _plain,
    Kind.FLAG: lambda value: "true" if value else "false",
    Kind.DAY: _plain,
    Kind.MOMENT: _moment,
    Kind.TEXTS: lambda value: json.dumps(value, ensure_ascii=False),
}
