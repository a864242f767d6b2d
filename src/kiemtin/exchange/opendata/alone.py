"""One process at a time changes what is offered."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from kiemtin.exchange.opendata.catalogue import data_folder


@contextmanager
def alone() -> Iterator[bool]:
    """Hold the right to change the months; yields whether it is free. A process that dies gives it back."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
