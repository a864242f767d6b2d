"""All tables of an export as of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything inside as it is at the first question, whatever is written meanwhile, holding nobody up.

    SQLite in WAL mode gives that to a transaction that takes no write lock; a transaction of ours otherwise takes it
    at once (see the settings). PostgreSQL gives it to one that is isolated as REPEATABLE READ. Nothing may be written
    inside.
    """
    if connection.vendor == "postgresql":
        is_outermost = not connection.in_atomic_block
        with transaction.atomic(), connection.cursor() as cursor:
            if is_outermost:  # a transaction that has begun keeps what it began with
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    usual = connection.transaction_mode  # type: ignore[attr-defined]
    connection.ensure_connection()  # opening it sets the mode anew
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]
