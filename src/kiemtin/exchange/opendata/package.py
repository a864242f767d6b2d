"""An export as a folder: data, licence, data card, and a Frictionless data package that describes them.

See https://specs.frictionlessdata.io/data-package/ and https://specs.frictionlessdata.io/table-schema/. Nothing in the
folder tells when it was made: its date is that of the latest change in it, so the same state gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiemtin.exchange.opendata.card import Facts, write_cards
from kiemtin.exchange.opendata.files import write_table
from kiemtin.exchange.opendata.shape import TABLES, Column, Kind, Rows, Table

NAME: Final = "kiemtin-open-data"
DESCRIPTOR: Final = "datapackage.json"
LICENCE: Final = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


@dataclass(frozen=True, slots=True)
class Written:
    """An export on disk.

    Attributes
    ----------
    rows
        How many rows each table has, by its name.
    date
        The day of the latest change in it; None if nothing in it has one.
    """

    rows: Mapping[str, int]
    date: dt.date | None


def write_package(folder: Path, *, rows: Rows, address: str, publisher: str) -> Written:
    """Write all files of an export into an empty folder.

    Parameters
    ----------
    rows
        The rows of every table of the shape.
    address, publisher
        Of the site that the data are of.
    """
    counts: dict[str, int] = {}
    latest = dt.date.min
    (folder / "data").mkdir()
    for table in TABLES:
        counts[table.name], day = write_table(
            table,
            rows[table.name](),
            csv_path=folder / _path(table, "csv"),
            parquet_path=folder / _path(table, "parquet"),
        )
        latest = max(latest, day)
    written = Written(counts, latest if latest != dt.date.min else None)
    write_cards(folder, Facts(address, publisher, written.date, counts, LICENCE["path"]))
    descriptor = json.dumps(_descriptor(folder, written, address, publisher), ensure_ascii=False, indent=1)
    (folder / DESCRIPTOR).write_text(descriptor + "\n", encoding="utf-8")
    return written


def is_package(folder: Path) -> bool:
    """Whether a folder is an export of ours."""
    try:
        found = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("name") == NAME


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _path(table: Table, ending: str) -> str:
    return f"data/{table.name}.{ending}"


def _descriptor(folder: Path, written: Written, address: str, publisher: str) -> dict[str, object]:
    resources = [one for table in TABLES for one in (_as_csv(folder, table), _as_parquet(folder, table))]
    dated = {"version": written.date.isoformat(), "created": f"{written.date}T00:00:00Z"} if written.date else {}
    return {
        "name": NAME,
        "title": f"{publisher}: open data of fact-checks" if publisher else "Open data of fact-checks",
        "description": "Fact-checks with their revisions and sources, cases, messages that were given for it, and "
        "match decisions. README.md is the data card.",
        "homepage": f"{address}/en/data/",
        **dated,
        "licenses": [LICENCE],
        "contributors": [{"title": publisher, "role": "publisher", "path": address}] if publisher else [],
        "resources": resources,
    }


def _as_csv(folder: Path, table: Table) -> dict[str, object]:
    return {
        "name": table.name,
        "profile": "tabular-data-resource",
        "title": table.title,
        "description": table.about,
        "path": _path(table, "csv"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        **_content(folder / _path(table, "csv")),
        "schema": _schema(table),
    }


def _as_parquet(folder: Path, table: Table) -> dict[str, object]:
    return {
        "name": f"{table.name}-parquet",
        "profile": "data-resource",
        "type": "file",
        "title": f"{table.title}, as Parquet",
        "description": f"The same rows and columns as {_path(table, 'csv')}.",
        "path": _path(table, "parquet"),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        **_content(folder / _path(table, "parquet")),
    }


def _content(path: Path) -> dict[str, object]:
    return {"bytes": path.stat().st_size, "hash": f"sha256:{sha256_of(path)}"}


def _schema(table: Table) -> dict[str, object]:
    links = [
        {
            "fields": [link.column],
            "reference": {"resource": "" if link.table == table.name else link.table, "fields": [link.key]},
        }
        for link in table.links
    ]
    return {
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
        **({"foreignKeys": links} if links else {}),
    }


_TYPES: Final[dict[Kind, dict[str, object]]] = {
    Kind.TEXT: {"type": "string"},
    Kind.COUNT: {"type": "integer"},
    Kind.SHARE: {"type": "number"},
    Kind.FLAG: {"type": "boolean", "trueValues": ["true"], "falseValues": ["false"]},
    Kind.DAY: {"type": "date", "format": "%Y-%m-%d"},
    Kind.MOMENT: {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%SZ"},
    Kind.TEXTS: {"type": "array"},
}


def _field(table: Table, column: Column) -> dict[str, object]:
    must = column.kind is not Kind.TEXT and not column.optional
    required = {"constraints": {"required": True}} if must or column.name in table.key else {}
    return {"name": column.name, **_TYPES[column.kind], "description": column.about, **required}
