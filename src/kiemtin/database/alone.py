"""Rights that one process holds at a time, in a folder or in a whole installation."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def alone_with(path: Path, *, wait: bool = False) -> Iterator[bool]:
    """Hold the right that a lock file stands for; yields whether it was free. A process that dies gives it back.

    Parameters
    ----------
    path
        Made if it is not there. On a local disk: the lock holds for the processes of one machine.
    wait
        Wait until it is free.
    """
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def alone(name: str, *, wait: bool = False) -> Iterator[bool]:
    """Hold a right of the whole installation; yields whether it was free. A process that dies gives it back.

    A lock file in the data folder settles it on one machine. PostgreSQL may serve several, so that it keeps a lock,
    too (an advisory lock of the session). Whoever loses the connection loses that: what is done under it must be right
    row by row.
    """
    with alone_with(Path(settings.KIEMTIN_DATA) / f"{name}.lock", wait=wait) as is_first:
        if not is_first or connection.vendor == "sqlite":
            yield is_first
            return
        with _advisory(name, wait=wait) as is_mine:
            yield is_mine


@contextmanager
def _advisory(name: str, *, wait: bool) -> Iterator[bool]:
    key = int.from_bytes(hashlib.sha256(f"kiemtin {name}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)" if wait else "SELECT pg_try_advisory_lock(%s)", [key])
        [is_mine] = cursor.fetchone()
    if is_mine is False:
        yield False
        return
    try:
        yield True
    finally:
        if connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
