import errno
import sqlite3

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, ProgrammingError, connection

from kiemtin.audit.outage import if_it_can_be_written, is_outage, name_of, outage


def of_sqlite(code, kind=OperationalError):
    """Return Django's error with that of SQLite behind it."""
    cause = sqlite3.OperationalError("hoi@example.org")
    cause.sqlite_errorcode, cause.sqlite_errorname = code, "SQLITE_WORD"
    error = kind("hoi@example.org")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "full"),
        OSError(errno.EDQUOT, "over the quota"),
        OSError(errno.EROFS, "read-only"),
        OSError(errno.EIO, "broken"),
        of_sqlite(sqlite3.SQLITE_FULL),
        of_sqlite(sqlite3.SQLITE_BUSY),
        of_sqlite(sqlite3.SQLITE_IOERR_WRITE),
        of_sqlite(sqlite3.SQLITE_READONLY_DBMOVED),
        of_sqlite(sqlite3.SQLITE_CANTOPEN),
        of_sqlite(sqlite3.SQLITE_NOTADB, DatabaseError),
        OperationalError("the connection is lost"),
        InterfaceError("the connection is closed"),
    ],
)
def test_what_tells_of_the_disk_or_the_database(error):
    assert is_outage(error)


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(errno.ENOENT, "a file of ours is missing"),
        PermissionError(errno.EACCES, "not ours"),
        of_sqlite(sqlite3.SQLITE_ERROR),  # no such table, no such column
        IntegrityError("twice"),
        ProgrammingError("a wrong statement"),
        ValueError("full"),
    ],
)
def test_what_is_a_fault_of_the_program_or_of_what_was_sent(error):
    assert not is_outage(error)


def test_a_table_that_is_missing_is_a_fault_of_ours(db):
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert not is_outage(caught.value)


def test_the_one_behind_is_found():
    full, after, told = OSError(errno.ENOSPC, "full"), ValueError("meanwhile"), ValueError("and then")
    after.__context__, told.__cause__ = full, after
    assert outage(told) is full
    assert outage(ValueError("alone")) is None
    assert outage(None) is None


def test_a_log_gets_the_kind_and_never_the_text():
    assert name_of(of_sqlite(sqlite3.SQLITE_FULL)) == "OperationalError (SQLITE_WORD)"
    assert name_of(OSError(errno.ENOSPC, "hoi@example.org")) == "OSError (ENOSPC)"
    assert name_of(OSError("hoi@example.org")) == "OSError"
    assert name_of(ValueError("hoi@example.org")) == "ValueError"


def test_what_is_noted_beside_reading_is_left_out_and_nothing_else():
    with if_it_can_be_written():
        raise of_sqlite(sqlite3.SQLITE_FULL)
    with pytest.raises(ValueError, match="ours"), if_it_can_be_written():
        raise ValueError("ours")
