"""A database on a PostgreSQL server.

What is restored is first laid in a schema of its own beside that of our tables, in one transaction. It is put in place
by renaming schemas, again in one: what was there before is kept as `before_restore_…`.
"""

from __future__ import annotations

import datetime as dt
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any, Final

import psycopg
from django.utils.translation import gettext_noop as _
from psycopg import errors
from psycopg.sql import SQL, Identifier, Literal

from kiemtin.config.backup import programs, schemas
from kiemtin.config.backup.database import State
from kiemtin.config.backup.errors import (
    BackupError,
    BusyError,
    NoTablesError,
    OccupiedDatabaseError,
    OtherDatabaseError,
    RightsError,
    ServerError,
)
from kiemtin.config.backup.inventory import BEFORE_SCHEMA, DUMP, STAGING_SCHEMA
from kiemtin.config.backup.schemas import Connection
from kiemtin.config.backup.script import Part, parts, schema_of

_ASIDE: Final = "kiemtin_aside_"
_LOCK: Final = 0x6B74_7265_7374  # of the server's advisory locks: who restores into the database
_PATIENCE: Final = 10.0  # seconds
_ENVIRONMENT: Final = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}
_OTHERS: Final = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
"""
# Bounds that were set for everybody would end what takes long here.
_OPENED: Final = """
SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET idle_session_timeout = 0;
SET lock_timeout = '10s'; SET client_min_messages = warning
"""


class Server:
    """The database, by Django's settings of it."""

    member = DUMP
    vendor = "postgresql"

    def __init__(self, settings: Mapping[str, Any]) -> None:
        given = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
        values = {name: str(settings.get(key) or "") for name, key in given.items()}
        self._options: dict[str, Any] = dict(settings.get("OPTIONS") or {})
        self._parameters: dict[str, Any] = {name: value for name, value in values.items() if value} | self._options
        host = "" if values["host"].startswith("/") else values["host"]
        self.name = f"postgresql://{host}{':' if host and values['port'] else ''}{values['port']}/{values['dbname']}"
        self._held: Connection | None = None
        self._mark = ""

    def save(self, target: Path) -> State:
        """Let pg_dump write what one transaction sees, whose rows are counted.

        Raises
        ------
        NoTablesError, BusyError, NoProgramError, OldProgramError, ServerError, RightsError
        """
        with self._opened() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            schema = schemas.ours(connection)
            state = self._state(connection, schema)
            [[snapshot]] = connection.execute("SELECT pg_export_snapshot()")
            programs.dump(
                target,
                schema=schema,
                snapshot=snapshot,
                environment=self._environment(connection),
                version=connection.info.server_version // 10000,
            )
        return state

    def state(self) -> State:
        """Return what is in it now.

        Raises
        ------
        NoTablesError, ServerError
        """
        with self._opened() as connection:
            return self._state(connection, schemas.ours(connection))

    def check_empty(self) -> None:
        """Check that there are no tables in our schema.

        Raises
        ------
        OccupiedDatabaseError, ServerError
        """
        with self._opened() as connection:
            if schemas.tables(connection, schemas.ours(connection)):
                raise OccupiedDatabaseError("the database is not empty", name=self.name)

    def check_unused(self) -> None:
        """Check that no other process is connected as our role; who has just ended is waited for.

        Raises
        ------
        BusyError, ServerError
        """
        until = time.monotonic() + _PATIENCE
        with self._opened() as connection:
            while connection.execute(_OTHERS).fetchone() != (0,):
                if time.monotonic() > until:
                    raise BusyError(_("a process has the database open"))
                time.sleep(0.1)

    @contextmanager
    def staging(self) -> Iterator[None]:
        """Hold the right to restore into the database, with one connection for as long as it takes.

        Raises
        ------
        BusyError, NoProgramError, OldProgramError, ServerError, RightsError
        """
        programs.find(programs.RESTORE)
        with self._opened() as connection:
            _check_encoding(connection)
            connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            self._held = connection
            try:
                self._drop()
                yield
            finally:
                self._held = None

    def clear(self) -> None:
        """Drop the schema that was laid; if the server is gone, the next restoration does it."""
        with suppress(BackupError):
            self._drop()

    def lay(self, new: Path) -> State:
        """Make a schema of a dump, of which nobody hears before it is whole, and delete the dump.

        The dump names its schema, so that those of our tables are out of its way meanwhile, in this transaction only.

        Raises
        ------
        DamagedBackupError, NoProgramError, OldProgramError, ServerError, RightsError
        """
        self._mark = f"kiemtin restore {secrets.token_hex(8)}"
        with self._opened() as connection, connection.transaction():
            with programs.script(new / DUMP) as script:
                read = parts(script)
                part = next(read)
                dumped = schema_of(part.statements)
                aside = [name for name in {dumped, schemas.ours(connection)} if schemas.is_there(connection, name)]
                for number, name in enumerate(aside):
                    schemas.rename(connection, name, f"{_ASIDE}{number}")
                for each in chain((part,), read):
                    _run(connection, each)
            connection.execute(f"{_OPENED}; RESET search_path")  # the script has its own
            connection.execute(SQL("COMMENT ON SCHEMA {} IS {}").format(Identifier(dumped), Literal(self._mark)))
            schemas.rename(connection, dumped, STAGING_SCHEMA)
            for number, name in enumerate(aside):
                schemas.rename(connection, f"{_ASIDE}{number}", name)
            state = self._state(connection, STAGING_SCHEMA)
            for name in state.rows:
                connection.execute(SQL("ANALYZE {}").format(Identifier(STAGING_SCHEMA, name)))
        (new / DUMP).unlink()
        return state

    def environment(self, new: Path) -> dict[str, str]:
        """Return the environment in which a process sees what was laid, and only that."""
        options = f"{os.environ.get('PGOPTIONS', '')} -c search_path={STAGING_SCHEMA}".strip()
        return {"KIEMTIN_DATA": str(new), "PGOPTIONS": options}

    def close(self, new: Path) -> None:
        """Do nothing: each transaction is whole."""

    def plan(self, now: dt.datetime) -> dict[str, Any]:
        """Return the mark of what was laid, our schema, and what that becomes if it holds tables.

        Raises
        ------
        ServerError
        """
        with self._opened() as connection:
            schema = schemas.ours(connection)
            name = schemas.free(connection, f"{BEFORE_SCHEMA}{now:%Y%m%d_%H%M%S}")
            aside = name if schemas.tables(connection, schema) else ""
        return {"name": self.name, "mark": self._mark, "schema": schema, "aside": aside}

    def put(self, plan: dict[str, Any]) -> None:
        """Rename our schema away and what was laid to it.

        Raises
        ------
        OtherDatabaseError, BusyError, ServerError, RightsError
        """
        with self._opened() as connection, connection.transaction():
            marked = "SELECT nspname FROM pg_namespace WHERE obj_description(oid, 'pg_namespace') = %s"
            found = connection.execute(marked, [plan["mark"]]).fetchone()
            if found == (plan["schema"],):
                return
            if found != (STAGING_SCHEMA,):
                raise OtherDatabaseError("what was laid is not there", name=plan["name"])
            if schemas.is_there(connection, plan["schema"]):
                schemas.put_aside(connection, plan["schema"], plan["aside"])
            schemas.rename(connection, STAGING_SCHEMA, plan["schema"])

    def _state(self, connection: Connection, schema: str) -> State:
        found = schemas.state(connection, schema)
        if found is None:
            raise NoTablesError("the database has no tables of ours", name=self.name)
        return found

    def _drop(self) -> None:
        with self._opened() as connection:
            connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(STAGING_SCHEMA)))

    def _environment(self, connection: Connection) -> dict[str, str]:
        """Return the environment in which libpq's programs reach the very server of a connection."""
        told = connection.info
        given = {"PGHOST": told.host, "PGPORT": str(told.port), "PGUSER": told.user, "PGDATABASE": told.dbname}
        secret = {"PGPASSWORD": told.password} if told.password else {}
        options = {name: self._options[key] for key, name in _ENVIRONMENT.items() if key in self._options}
        return {**os.environ, **given, **secret, **options}

    @contextmanager
    def _opened(self) -> Iterator[Connection]:
        """Yield the connection that is held, or one for now; what the server says becomes an error of ours."""
        try:
            if self._held is not None:
                yield self._held
                return
            with psycopg.connect(**self._parameters, autocommit=True) as connection:
                if connection.info.server_version // 10000 < programs.OLDEST:
                    raise ServerError(_("it is older than PostgreSQL 15"))
                connection.execute(_OPENED)
                yield connection
        except errors.LockNotAvailable as error:
            raise BusyError(_("a process has the database open")) from error
        except errors.InsufficientPrivilege as error:
            raise RightsError(_said(error), name=self.name) from error
        except psycopg.Error as error:
            raise ServerError(_said(error)) from error


def _run(connection: Connection, part: Part) -> None:
    connection.execute(part.statements)
    if part.copy:
        with connection.cursor().copy(part.copy) as rows:
            for piece in part.rows:
                rows.write(piece)


def _check_encoding(connection: Connection) -> None:
    if connection.info.parameter_status("server_encoding") != "UTF8":
        raise ServerError(_("the encoding of the database is not UTF8"))


def _said(error: psycopg.Error) -> str:
    return error.diag.message_primary or str(error) or type(error).__name__
