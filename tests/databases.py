"""The database of a data folder, on whichever the tests run: SQLite's file in it, or one on the server of DATABASE_URL.

Tests of one of the two alone are marked `sqlite` or `postgresql`.
"""

import hashlib
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

SERVER = os.environ.get("DATABASE_URL", "")
_TEMPLATE = "kiemtin_migrated"
_left_empty = set()


def variables(data):
    """Return the environment with which a program uses the database of a data folder; on a server it is made."""
    return {"DATABASE_URL": address(name_of(data))} if SERVER else {}


def name_of(data):
    """Return Django's name of a data folder's database: a file, or one on the server, which is made."""
    if not SERVER:
        return str(Path(data) / "kiemtin.sqlite3")
    name = _name(data)
    if not _is_there(name):
        _make(name, template=_template())
    return name


def _name(data):
    return f"data_{hashlib.sha256(str(Path(data).absolute()).encode()).hexdigest()[:24]}"


def empty(data):
    """Let a data folder have an empty database; SQLite's file is not there before it is used."""
    if SERVER:
        _make(_name(data))
    else:
        _left_empty.add(Path(data).absolute())


def prepare(data):
    """Give a data folder with nothing in it a database of this version's form, unless it is to have an empty one."""
    has_nothing = not Path(data).exists() or (Path(data).is_dir() and not any(Path(data).iterdir()))
    if SERVER or not has_nothing or Path(data).absolute() in _left_empty:
        return
    Path(data).mkdir(mode=0o700, parents=True, exist_ok=True)
    Path(name_of(data)).write_bytes(_form())
    Path(name_of(data)).chmod(0o600)


@cache
def _form():
    """Return SQLite's file as the first command makes it: to make it takes longer than most tests."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"KIEMTIN_DATA": folder}
        subprocess.run([sys.executable, "-m", "kiemtin.config.cli", "desk", "list"], env=environment, check=True)
        return Path(name_of(folder)).read_bytes()


def made(data):
    """Make the database of a data folder, which is only opened where it is there; returns its name as `name_of`."""
    if not SERVER:
        Path(name_of(data)).touch()
    return name_of(data)


def address(name):
    """Return the address of a database on the server."""
    return re.sub(r"(?<=[^/])/[^/?]*(?=\?|$)", f"/{name}", SERVER, count=1)


@contextmanager
def opened(data):
    """Open the database of a data folder by hand; each statement takes effect at once."""
    if not SERVER:
        # One that is not there is no database, and none is made.
        path = f"file:{name_of(data)}?mode=rw"
        with closing(sqlite3.connect(path, uri=True, timeout=60, isolation_level=None)) as database:
            yield Hand(database, "?")
    else:
        with closing(_connected(name_of(data))) as database:
            yield Hand(database, "%s")


def copy(data, new):
    """Give a data folder a copy of the database of another, which nobody has open; SQLite's file comes with it."""
    if SERVER:
        with closing(_connected("postgres")) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{_name(new)}"')
        _make(_name(new), template=_name(data))


class Hand:
    """A connection whose statements have `%s` for their values."""

    def __init__(self, connection, mark):
        self._connection, self._mark = connection, mark

    def execute(self, statement, values=()):
        """Run a statement; returns its cursor."""
        return self._connection.execute(statement.replace("%s", self._mark), *([tuple(values)] if values else []))

    def tables(self):
        """Return the names of all tables."""
        if self._mark == "?":
            found = self.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        else:
            found = self.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return sorted(name for (name,) in found.fetchall())

    def lift_guards(self, table):
        """Take the triggers of a table away, as an administrator can."""
        if self._mark == "%s":
            self.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            return
        names = self.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        for (name,) in names.fetchall():
            self.execute(f'DROP TRIGGER "{name}"')


@contextmanager
def kept(data):
    """Put everything back afterwards as it was, while programs have the database open."""
    if not SERVER:
        path = name_of(data)
        with closing(sqlite3.connect(path, timeout=60)) as database, closing(sqlite3.connect(":memory:")) as copy:
            database.backup(copy)
            yield
            copy.backup(database)
        return
    with closing(_connected(name_of(data))) as database:
        tables = Hand(database, "%s").tables()
        rows = {}
        for name in tables:
            with database.cursor().copy(f'COPY "{name}" TO STDOUT') as out:
                rows[name] = b"".join(out)
        yield
        with database.transaction():
            database.execute("SET LOCAL session_replication_role = replica")
            for name in tables:
                database.execute(f'DELETE FROM "{name}"')  # noqa: S608
                with database.cursor().copy(f'COPY "{name}" FROM STDIN') as back:
                    back.write(rows[name])


def contents(data):
    """Return name → rows, as text and in order, of each table of a data folder's database."""
    with opened(data) as hand:
        return {
            name: sorted(repr(row) for row in hand.execute(f'SELECT * FROM "{name}"').fetchall())  # noqa: S608
            for name in hand.tables()
        }


def _connected(name):
    import psycopg

    return psycopg.connect(address(name), autocommit=True)


def _is_there(name):
    with closing(_connected("postgres")) as server:
        return bool(server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def _make(name, *, template="template1"):
    with closing(_connected("postgres")) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


def _template():
    """Return a database of this version's form, made once: to migrate takes longer than most tests."""
    with closing(_connected("postgres")) as server:
        server.execute("SELECT pg_advisory_lock(1)")  # tests run in several processes
        if not _is_there(_TEMPLATE):
            _make(f"{_TEMPLATE}_draft")
            environment = os.environ | {
                "DATABASE_URL": address(f"{_TEMPLATE}_draft"),
                "DJANGO_SETTINGS_MODULE": "kiemtin.config.settings",
            }
            command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
            subprocess.run(command, env=environment, check=True)
            server.execute(f"ALTER DATABASE {_TEMPLATE}_draft RENAME TO {_TEMPLATE}")
    return _TEMPLATE
