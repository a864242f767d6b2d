import datetime as dt
import shutil
import sqlite3
from contextlib import closing

import pytest

from kiemtin.config.backup import safety_copy
from kiemtin.config.backup.errors import NoRoomError
from kiemtin.config.backup.inventory import Kind, kind_of
from kiemtin.config.backup.safety_copy import clear_copies, keep_copy, put_back

NOW = dt.datetime(2026, 11, 29, 1, 2, 3)


@pytest.fixture
def database(data):
    """A database in use, with a row that is only in its write-ahead log."""
    with closing(sqlite3.connect(data / "kiemtin.sqlite3", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.executescript("CREATE TABLE django_migrations (id, app, name); CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (1)")
        yield database


def values(path):
    with closing(sqlite3.connect(path)) as database:
        return [x for (x,) in database.execute("SELECT x FROM t")]


def test_a_copy_is_whole_and_can_be_put_back(data, database):
    copy = keep_copy(data, now=NOW)
    assert copy.name == "before-update-20261129-010203.sqlite3"
    assert copy.stat().st_mode & 0o077 == 0
    assert {kind_of(path.name) for path in data.iterdir()} == {Kind.DATABASE, Kind.PASSING, Kind.BEFORE}
    database.execute("INSERT INTO t VALUES (2)")
    database.close()
    assert values(data / "kiemtin.sqlite3") == [1, 2]
    (data / "kiemtin.sqlite3-wal").write_bytes(b"what was written since")
    put_back(copy, data)
    assert [path.name for path in data.iterdir()] == ["kiemtin.sqlite3"]
    assert values(data / "kiemtin.sqlite3") == [1]


def test_what_a_crash_left_is_no_hindrance(data, database):
    (data / ".before-update-copy.part").write_bytes(b"half")
    assert values(keep_copy(data, now=NOW)) == [1]
    assert not (data / ".before-update-copy.part").exists()


def test_without_room_there_is_no_copy(data, database, monkeypatch):
    size = sum(path.stat().st_size for path in data.glob("kiemtin.sqlite3*") if not path.name.endswith("-shm"))
    needed = 2 * size + (64 << 20)
    usage = shutil.disk_usage(data)
    monkeypatch.setattr(safety_copy.shutil, "disk_usage", lambda _: usage._replace(free=needed - 1))
    with pytest.raises(NoRoomError):
        keep_copy(data, now=NOW)
    assert not list(data.glob("*before-update*"))
    monkeypatch.setattr(safety_copy.shutil, "disk_usage", lambda _: usage._replace(free=needed))
    assert keep_copy(data, now=NOW)


def test_two_copies_stay_for_a_week_and_nothing_else_goes(data):
    names = ["20261122-010202", "20261122-010203", "20261128-000000", "20261129-000000"]
    for name in names:
        (data / f"before-update-{name}.sqlite3").touch()
    (data / "before-update-mine.sqlite3").touch()
    clear_copies(data, now=NOW)
    kept = sorted(path.name[14:29] for path in data.glob("before-update-2*"))
    assert kept == names[2:]
    for path in data.glob("before-update-2*"):
        path.unlink()
    for name in names[:2]:
        (data / f"before-update-{name}.sqlite3").touch()
    clear_copies(data, now=NOW)
    assert [path.name[14:29] for path in data.glob("before-update-2*")] == [names[1]]
    assert (data / "before-update-mine.sqlite3").exists()
