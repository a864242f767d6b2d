"""The database of a data folder that is SQLite's file, without Django."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from django.utils.translation import gettext_noop as _

from kiemtin.config.backup.database import State
from kiemtin.config.backup.errors import BadDatabaseError, BusyError, NoDatabaseError, OtherDatabaseError
from kiemtin.config.backup.inventory import DATABASE

_PATIENCE: Final = 30.0  # seconds
_APPLIED: Final = "SELECT app || '.' || name FROM django_migrations ORDER BY id"
_GUARDS: Final = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


class File:
    """The file. It is laid and put in place with the other files of the folder."""

    member = DATABASE
    vendor = "sqlite"

    def __init__(self, data: Path) -> None:
        self._path = data / DATABASE
        self.name = str(self._path)

    def save(self, target: Path) -> State:
        """Copy it with SQLite's online backup, and check the copy.

        Raises
        ------
        NoDatabaseError, BadDatabaseError, BusyError
        """
        return copy(self._path, target)

    def state(self) -> State:
        """Return what is in it now.

        Raises
        ------
        BadDatabaseError, BusyError
        """
        with opened(self._path) as database:
            return _state(database)

    def check_empty(self) -> None:
        """Do nothing: the file is an entry of the data folder, and is seen there."""

    def check_unused(self) -> None:
        """Check that no process has the database open; a damaged one may be replaced all the same.

        Raises
        ------
        BusyError
        """
        if not self._path.exists():
            return
        # SQLite lets the write-ahead log go only while nobody else has the database open.
        with suppress(BadDatabaseError), opened(self._path, patience=0.5) as database:
            database.execute("PRAGMA journal_mode=DELETE")

    def staging(self) -> AbstractContextManager[None]:
        """Do nothing: the folder is held already."""
        return nullcontext()

    def clear(self) -> None:
        """Do nothing: what was laid lies in the staging folder, which goes."""

    def lay(self, new: Path) -> State:
        """Check the file that was unpacked.

        Raises
        ------
        BadDatabaseError
        """
        with opened(new / DATABASE) as database:
            return checked(database)

    def environment(self, new: Path) -> dict[str, str]:
        """Return the environment in which a process works on what was laid."""
        return {"KIEMTIN_DATA": str(new)}

    def close(self, new: Path) -> None:
        """Make it one file again, without the log beside it."""
        with opened(new / DATABASE) as database:
            database.execute("PRAGMA journal_mode=DELETE")

    def plan(self, now: dt.datetime) -> dict[str, Any] | None:
        """Return None: files are moved."""
        return None

    def put(self, plan: dict[str, Any]) -> None:
        """Refuse the plan of another kind of database.

        Raises
        ------
        OtherDatabaseError
        """
        raise OtherDatabaseError("it was being restored on a server", name=plan["name"])


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
    return _state(database)


def _state(database: sqlite3.Connection) -> State:
    migrations = tuple(name for (name,) in database.execute(_APPLIED))
    return State(_rows(database), migrations, frozenset(name for (name,) in database.execute(_GUARDS)))


def _rows(database: sqlite3.Connection) -> dict[str, int]:
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
    OSError
        The disk is full.
    """
    address = f"file:{quote(str(path))}?mode={'rwc' if create else 'rw'}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None)) as database:
            yield database
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise BusyError(_("a process has the database open")) from error
        if _is_of_a_full_disk(error):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise BadDatabaseError(str(error)) from error


def _is_of_a_full_disk(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    # The second is all that SQLite says where there is no room for the files beside the database.
    return code & 0xFF == sqlite3.SQLITE_FULL or code == sqlite3.SQLITE_IOERR_SHMSIZE
