"""All tables of an export as of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything inside as it is at the first question, whatever is written meanwhile, holding nobody up.

    SQLite in WAL mode gives that to a transaction that takes no write lock; a transaction of ours otherwise takes it
    at once (see the settings). Nothing may be written inside.
    """
    usual = getattr(connection, "transaction_mode", None)
    if usual is None:
        with transaction.atomic():
            yield
        return
    connection.ensure_connection()  # opening it sets the mode anew
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]
