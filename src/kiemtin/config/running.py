"""That the program serves or works on a data folder, also while it has nothing open there. Knows no Django."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_LOCK: Final = "running.lock"


@contextmanager
def running(data: Path) -> Iterator[None]:
    """Hold, with whoever else does, that a data folder is in use. A process that dies gives it back."""
    with (data / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield


def is_running(data: Path) -> bool:
    """Whether anybody on this machine serves or works on a data folder."""
    try:
        with (data / _LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
