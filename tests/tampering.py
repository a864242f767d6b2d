"""Changes the database behind the program's back, as an administrator can: the triggers are taken off first."""

import re
from contextlib import contextmanager

from django.db import connection

_TABLE = re.compile(r"(?:UPDATE|DELETE FROM|INSERT INTO) (\w+)")


def tamper(statement, *parameters):
    """Run a statement on a table without its triggers."""
    table = _TABLE.match(statement)[1]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
            cursor.execute(statement, parameters)
            return
        cursor.execute("SET session_replication_role = replica")  # what an administrator of the server may do
        cursor.execute(statement, parameters)
        cursor.execute("SET session_replication_role = DEFAULT")


@contextmanager
def unguarded():
    """Take the triggers off all tables, and put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield
            for _, statement in triggers:
                cursor.execute(statement)
            return
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def forget_log():
    """Take the whole log away, so that another one can be written in its place."""
    for table in ("audit_publiclog", "audit_logentry", "audit_lognode", "audit_loghead"):
        tamper(f"DELETE FROM {table}")  # noqa: S608
