"""The web server and the worker beside it. Loads no Django itself: its processes do, each afresh."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kiemtin.config.running import running
from kiemtin.config.supervisor import Supervisor

_BLOCKING_THREADS = 4  # a page waits for the database or the encoder, both of which let other threads run
_WAITING = 128  # requests that may wait; more are turned away at once


def main() -> None:
    """Serve until interrupted; `kiemtin serve` has prepared the data and the environment."""
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("workers", type=int)
    parser.add_argument("--with-worker", action="store_true")
    given = parser.parse_args()
    server = Granian(
        "kiemtin.config.wsgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.WSGI,
        workers=given.workers,
        blocking_threads=_BLOCKING_THREADS,
        backpressure=_WAITING,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    )
    with running(Path(os.environ["KIEMTIN_DATA"])), Supervisor(enabled=given.with_worker):
        server.serve()


if __name__ == "__main__":
    main()
