"""Schemas of a PostgreSQL database: what is in them, and their names."""

from __future__ import annotations

from itertools import chain, count
from typing import Any, Final

import psycopg
from psycopg import errors
from psycopg.sql import SQL, Identifier

from kiemtin.config.backup.database import State
from kiemtin.config.backup.inventory import BEFORE_SCHEMA

Connection = psycopg.Connection[tuple[Any, ...]]

_MIGRATIONS: Final = "django_migrations"
# Tables of extensions are made by those.
_TABLES: Final = """
SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = %s AND relkind IN ('r', 'p')
AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND classid = 'pg_class'::regclass AND deptype = 'e')
ORDER BY relname COLLATE "C"
"""
_GUARDS: Final = """
SELECT tgname FROM pg_trigger
JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = %s AND NOT tgisinternal AND tgenabled IN ('O', 'A')
"""


def ours(connection: Connection) -> str:
    """Return the schema of our tables: the first of the search path that is there."""
    [[name]] = connection.execute("SELECT coalesce(current_schema(), 'public')")
    return str(name)


def tables(connection: Connection, schema: str) -> list[str]:
    """Return the names of the tables in a schema."""
    return [str(name) for (name,) in connection.execute(_TABLES, [schema])]


def state(connection: Connection, schema: str) -> State | None:
    """Return what is in a schema; None if there are no tables of ours."""
    names = tables(connection, schema)
    if _MIGRATIONS not in names:
        return None
    rows: dict[str, int] = {}
    for name in names:
        [[rows[name]]] = connection.execute(SQL("SELECT count(*) FROM {}").format(Identifier(schema, name)))
    applied = SQL("SELECT app || '.' || name FROM {} ORDER BY id").format(Identifier(schema, _MIGRATIONS))
    migrations = tuple(str(name) for (name,) in connection.execute(applied))
    return State(rows, migrations, frozenset(str(name) for (name,) in connection.execute(_GUARDS, [schema])))


def is_there(connection: Connection, schema: str) -> bool:
    """Whether there is a schema of a name."""
    return bool(connection.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema]).fetchone())


def free(connection: Connection, name: str) -> str:
    """Return the name, or one with a number after it, that no schema has."""
    names = chain((name,), (f"{name}_{number}" for number in count(2)))
    return next(each for each in names if not is_there(connection, each))


def rename(connection: Connection, old: str, new: str) -> None:
    """Give a schema another name."""
    connection.execute(SQL("ALTER SCHEMA {} RENAME TO {}").format(Identifier(old), Identifier(new)))


def put_aside(connection: Connection, schema: str, aside: str) -> None:
    """Keep a schema under another name. Without such a name it goes, unless there is something in it after all."""
    if not aside:
        try:
            with connection.transaction():
                connection.execute(SQL("DROP SCHEMA {}").format(Identifier(schema)))
        except errors.DependentObjectsStillExist:
            aside = free(connection, f"{BEFORE_SCHEMA}rest")
        else:
            return
    rename(connection, schema, aside)
