"""Keeps `kiemtin worker` running beside the web processes."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Self

_PAUSE = 2.0  # seconds before a worker that ended is started again
_LONGEST_PAUSE = 60.0
_WELL = 30.0  # seconds that a worker must have run for its start not to be what fails
_GRACE = 15.0  # seconds it may take to finish what it has in hand


class Supervisor:
    """Starts a worker process, and starts it again if it ends. A context manager.

    The worker is told whose child it is: it ends by itself when this process dies, however it dies.
    """

    def __init__(self, *, enabled: bool = True) -> None:
        self._enabled = enabled
        self._stop = threading.Event()
        self._pid = 0
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def __enter__(self) -> Self:
        if self._enabled:
            self._pid = _start()
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._enabled:
            self._end(signal.SIGTERM)
            self._thread.join(_GRACE)
            if self._thread.is_alive():
                self._end(signal.SIGKILL)

    def _watch(self) -> None:
        pause, began = 0.0, time.monotonic()
        while True:
            _pid, status = os.waitpid(self._pid, 0)
            pause = pause_after(status, time.monotonic() - began, before=pause)
            if self._stop.wait(pause):
                return
            self._pid, began = _start(), time.monotonic()

    def _end(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid, number)


def pause_after(status: int, lived: float, *, before: float) -> float:
    """Return how long to wait before a worker is started again: longer each time that it ends as soon as it starts.

    Parameters
    ----------
    status
        As `os.waitpid` gives it. Who was killed did not fail.
    lived
        Seconds that it ran.
    before
        What was waited before it was started; 0 before the first.
    """
    if lived >= _WELL or os.WIFSIGNALED(status):
        return _PAUSE
    return min(max(2 * before, _PAUSE), _LONGEST_PAUSE)


def _start() -> int:
    """Start a worker; returns its number.

    Not through `subprocess`: that waits for the other end of a pipe, which a web process that the server forks at
    that moment would hold open for as long as it lives.
    """
    command = [sys.executable, "-m", "kiemtin.config.cli", "worker", "--parent", str(os.getpid())]
    no_input = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    return os.posix_spawn(sys.executable, command, os.environ, file_actions=[no_input])
