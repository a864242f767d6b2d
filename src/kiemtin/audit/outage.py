"""Errors that tell of what the program stands on: no room on the disk, no database. They pass without a new program.

Nothing of what was tried is stored then: it was one transaction, or one file that is put in place whole.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, OperationalError, connections

RETRY_AFTER = 60
"""Seconds after which it is worth trying again."""

_FILES = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO})
# The other codes of SQLite tell of a wrong statement, which is a fault of ours.
_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_READONLY,
    }
)
_PRIMARY = 0xFF  # the low byte of an extended code of SQLite


def outage(error: BaseException | None) -> BaseException | None:
    """Return the error itself, or the one behind it, that tells of the disk or the database; None if there is none."""
    while error is not None and not is_outage(error):
        error = error.__cause__ or error.__context__
    return error


def is_outage(error: BaseException) -> bool:
    """Whether an error tells of the disk or the database, and not of the program or of what was sent."""
    if isinstance(error, OSError):
        return error.errno in _FILES
    if not isinstance(error, DatabaseError | InterfaceError):
        return False
    if isinstance(error.__cause__, sqlite3.Error):
        return getattr(error.__cause__, "sqlite_errorcode", 0) & _PRIMARY in _SQLITE
    return isinstance(error, OperationalError | InterfaceError)


def name_of(error: BaseException) -> str:
    """Return the kind of an error for a log, with the word of the system or of SQLite; never its text.

    The text could hold what somebody wrote.
    """
    kind = type(error).__name__
    if isinstance(error, OSError) and error.errno is not None:
        return f"{kind} ({errno.errorcode.get(error.errno, error.errno)})"
    word = getattr(error.__cause__, "sqlite_errorname", "")
    return f"{kind} ({word})" if word else kind


@contextmanager
def if_it_can_be_written() -> Iterator[None]:
    """Leave out what is only noted beside something that is read: reading goes on where nothing can be written."""
    try:
        yield
    except Exception as error:
        if not is_outage(error):
            raise


def let_go() -> None:
    """Close this thread's connections, so that the next use opens them anew; not one in a transaction."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
