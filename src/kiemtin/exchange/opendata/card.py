"""The data card of an export, in English and Vietnamese, and its licence file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from string import Template

from kiemtin.exchange.opendata.shape import TABLES, Table

CARDS = ("README.md", "README.vi.md")
LICENCE_FILE = "LICENSE.txt"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the cards say of this export; see `package.write_package`."""

    address: str
    publisher: str
    date: dt.date | None
    rows: Mapping[str, int]
    licence: str


def write_cards(folder: Path, facts: Facts) -> None:
    """Write the data cards and the licence file into the folder of an export."""
    values = {
        "address": facts.address,
        "publisher": facts.publisher or facts.address,
        "date": facts.date.isoformat() if facts.date else "–",
        "licence": facts.licence,
        "counts": "\n".join(f"| `{table.name}` | {facts.rows[table.name]} | {table.about} |" for table in TABLES),
        "rows": "\n".join(f"| `{table.name}` | {facts.rows[table.name]} |" for table in TABLES),
        "columns": "\n\n".join(map(_columns, TABLES)),
    }
    for name in (*CARDS, LICENCE_FILE):
        template = (files("kiemtin.exchange.opendata") / "cards" / name).read_text(encoding="utf-8")
        (folder / name).write_text(Template(template).substitute(values), encoding="utf-8")


def _columns(table: Table) -> str:
    lines = (f"| `{column.name}` | {column.kind} | {column.about} |" for column in table.columns)
    head = f"### {table.title} (`{table.name}`)\n\nKey: {', '.join(f'`{name}`' for name in table.key)}."
    return "\n".join([head, "", "| column | kind | what |", "|---|---|---|", *lines])
