"""Cofacts' open tables: `articles`, `article_replies` and `replies`, each as CSV, zipped or not.

Their rows are put together in a temporary database on disk, so that memory stays small whatever their size.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from kiemtin.exchange.mapping import cofacts
from kiemtin.exchange.mapping.cofacts import Article, Reply
from kiemtin.exchange.readers.base import Meter, sizes
from kiemtin.exchange.readers.tables import Cells, Table, TableError, is_zip, rows_of, tables_in
from kiemtin.exchange.rows import BadRow, Fault, Item, Row, RowError

TABLES = ("articles", "article_replies", "replies")
_NEEDED = {
    "articles": {"id", "text"},
    "article_replies": {"articleId", "replyId"},
    "replies": {"id", "type", "text"},
}
_SCHEMA = """
CREATE TABLE reply (id TEXT PRIMARY KEY, type TEXT, text TEXT, reference TEXT, created TEXT) WITHOUT ROWID;
CREATE TABLE link (article TEXT, reply TEXT, feedback INTEGER, PRIMARY KEY (article, reply)) WITHOUT ROWID;
"""
_REPLIES = """
SELECT reply.type, reply.text, reply.reference, reply.created, link.feedback
FROM link JOIN reply ON reply.id = link.reply WHERE link.article = ? ORDER BY reply.id
"""
_A_BATCH = 2_000


class CofactsTables:
    """A folder with the three tables, or a zip file that holds all of them.

    A row is an article that has replies; articles without one are nothing to import and no rows.
    """

    name = "cofacts-tables"

    def recognises(self, path: Path) -> bool:
        """Return whether all three tables are there."""
        if not path.is_dir() and not is_zip(path):
            return False
        try:
            return set(TABLES) <= tables_in(path).keys()
        except (TableError, OSError):
            return False

    def files(self, path: Path) -> list[Path]:
        """Return the files that hold the tables."""
        found = tables_in(path)
        return list(dict.fromkeys(found[name].path for name in TABLES))

    def rows(self, path: Path, meter: Meter) -> Iterator[Row]:
        """Yield a row for each article with replies, and one for each row of a table that cannot be read."""
        try:
            found = tables_in(path)
        except TableError as error:
            yield BadRow(path, None, error.fault)
            return
        whole = sizes(self.files(path))
        with (
            tempfile.TemporaryDirectory(prefix="kiemtin-") as folder,
            closing(sqlite3.connect(Path(folder) / "join.sqlite3", isolation_level=None)) as base,
        ):
            base.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}")
            for at, name in enumerate(("replies", "article_replies"), start=1):
                yield from _filled(base, name, found[name])
                meter.done = whole * at // 3
            yield from _articles(base, found["articles"])
        meter.done = whole


def _filled(base: sqlite3.Connection, name: str, table: Table) -> Iterator[Row]:
    """Put a table into the database; yield its bad rows."""
    statement, values = _FILL[name]
    bad: list[BadRow] = []
    good = (values(cells) for cells in _cells(name, table, bad) if _stands(cells))
    while batch := list(islice(good, _A_BATCH)):
        base.execute("BEGIN")
        base.executemany(statement, batch)
        base.execute("COMMIT")
        yield from bad
        bad.clear()
    yield from bad


def _reply_values(cells: Cells) -> tuple[object, ...]:
    return tuple(cells.get(name, "") for name in ("id", "type", "text", "reference", "createdAt"))


def _link_values(cells: Cells) -> tuple[object, ...]:
    feedback = _number(cells.get("positiveFeedbackCount", "")) - _number(cells.get("negativeFeedbackCount", ""))
    return (cells["articleId"], cells["replyId"], feedback)


_FILL = {
    "replies": ("INSERT OR REPLACE INTO reply VALUES (?, ?, ?, ?, ?)", _reply_values),
    "article_replies": ("INSERT OR REPLACE INTO link VALUES (?, ?, ?)", _link_values),
}


def _articles(base: sqlite3.Connection, table: Table) -> Iterator[Row]:
    bad: list[BadRow] = []
    for cells in _cells("articles", table, bad):
        yield from bad
        bad.clear()
        if not _stands(cells):
            continue
        replies = [Reply(*row) for row in base.execute(_REPLIES, (cells["id"],))]
        if replies:
            yield _row(table, cells, replies)
    yield from bad


def _row(table: Table, cells: Cells, replies: list[Reply]) -> Row:
    article = Article(cells["id"], cells["text"], cells.get("createdAt", ""))
    try:
        return Item((cofacts.to_review(article, replies),), None)
    except RowError as error:
        return BadRow(table.path, None, error.fault)


def _cells(name: str, table: Table, bad: list[BadRow]) -> Iterator[Cells]:
    """Yield the rows of a table; what cannot be read is put into `bad`."""
    try:
        for line, cells in rows_of(table):
            if isinstance(cells, Fault):
                bad.append(BadRow(table.path, line, cells))
            elif not _NEEDED[name] <= cells.keys():
                bad.append(BadRow(table.path, 1, Fault.MISSING_COLUMN))
                return
            else:
                yield cells
    except TableError as error:
        bad.append(BadRow(table.path, None, error.fault))


def _stands(cells: Cells) -> bool:
    """Return whether Cofacts itself still shows it; tables without a state show all that is in them."""
    return cells.get("status", "") in ("", "NORMAL")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
