"""Transactions that need not outlive a power cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def fleeting() -> Iterator[None]:
    """Run a transaction that does not wait for the disk: for what is worth nothing after a while, such as counters.

    It is as whole as any other, and outlives the process. Only if the power goes within the next moments it may not
    have been. Transactions of others are as safe as before. Inside another transaction it is a part of that.
    """
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    elif connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute("PRAGMA synchronous=NORMAL")  # cannot be said inside
        try:
            with transaction.atomic():
                yield
        finally:
            if connection.connection is not None:  # its file may be gone
                connection.connection.execute("PRAGMA synchronous=FULL")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO off")
            yield
