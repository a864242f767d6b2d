"""Keeps `kiemtin worker` running beside the web processes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

_PAUSE = 2.0  # seconds before a worker that ended is started again
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
        while True:
            os.waitpid(self._pid, 0)
            if self._stop.wait(_PAUSE):
                return
            self._pid = _start()

    def _end(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid, number)


def _start() -> int:
    """Start a worker; returns its number.

    Not through `subprocess`: that waits for the other end of a pipe, which a web process that the server forks at
    that moment would hold open for as long as it lives.
    """
    command = [sys.executable, "-m", "kiemtin.config.cli", "worker", "--parent", str(os.getpid())]
    no_input = (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)
    return os.posix_spawn(sys.executable, command, os.environ, file_actions=[no_input])
