"""Keeps `kiemtin worker` running beside the web processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
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
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def __enter__(self) -> Self:
        if self._enabled:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._enabled:
            self._end()
            self._thread.join(_GRACE)

    def _watch(self) -> None:
        while not self._stop.is_set():
            command = [sys.executable, "-m", "kiemtin.config.cli", "worker", "--parent", str(os.getpid())]
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  (our own command)
            self._process.wait()
            self._stop.wait(_PAUSE)

    def _end(self) -> None:
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
