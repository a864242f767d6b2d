"""The database of a data folder as it is at one moment, copied while others go on using it. SQLite, without Django."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from django.utils.translation import gettext_noop as _

from kiemtin.config.backup.errors import BadDatabaseError, BusyError, NoDatabaseError

_PATIENCE: Final = 30.0  # seconds
_APPLIED: Final = "SELECT app || '.' || name FROM django_migrations ORDER BY id"


@dataclass(frozen=True, slots=True)
class State:
    """What a database holds: how many rows each table has, and which migrations were applied (`app.name`)."""

    rows: dict[str, int]
    migrations: tuple[str, ...]


def copy(source: Path, target: Path) -> State:
    """Copy a database with SQLite's online backup, and check the copy.

    All pages are copied in one step, under one read transaction: what others commit meanwhile is not in it, and they do
    not wait. The copy is one file, without a write-ahead log.

    Raises
    ------
    NoDatabaseError, BadDatabaseError, BusyError
    """
    if not source.is_file():
        raise NoDatabaseError("the data folder has no database")
    with opened(source) as old, opened(target, create=True) as new:
        old.backup(new, pages=-1)
        new.execute("PRAGMA journal_mode=DELETE")
        return checked(new)


def checked(database: sqlite3.Connection) -> State:
    """Return what a database holds, after SQLite has looked through it.

    Raises
    ------
    BadDatabaseError
    """
    [[verdict], *_more] = database.execute("PRAGMA quick_check(1)").fetchall()
    if verdict != "ok":
        raise BadDatabaseError(str(verdict))
    return State(rows(database), tuple(name for (name,) in database.execute(_APPLIED)))


def rows(database: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has, by the tables' names."""
    question = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    tables = [name for (name,) in database.execute(question) if not name.startswith("sqlite_")]
    quoted = {name: '"' + name.replace('"', '""') + '"' for name in tables}
    return {name: database.execute(f"SELECT count(*) FROM {quoted[name]}").fetchone()[0] for name in tables}  # noqa: S608


@contextmanager
def opened(path: Path, *, create: bool = False, patience: float = _PATIENCE) -> Iterator[sqlite3.Connection]:
    """Open a database file.

    Raises
    ------
    BadDatabaseError
        It is none, or damaged.
    BusyError
        Somebody else has held it for longer than we wait.
    """
    address = f"file:{quote(str(path))}?mode={'rwc' if create else 'rw'}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)) as database:
            yield database
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BusyError(_("a process has the database open")) from error
        raise BadDatabaseError(str(error)) from error
