"""The web server and the worker beside it. Loads no Django itself: its processes do, each afresh."""

from __future__ import annotations

import argparse
import logging
import os
import resource
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels, logger

from kiemtin.config.admission.kinds import THREADS
from kiemtin.config.running import running
from kiemtin.config.supervisor import Supervisor

_CONNECTIONS = 4_000  # a process; browsers keep theirs open, so there are many more of them than requests
_OTHER_FILES = 256  # that a process has open beside its connections


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
        blocking_threads=THREADS,
        backpressure=connections(),
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    )
    logger.addFilter(_is_news)
    with running(Path(os.environ["KIEMTIN_DATA"])), Supervisor(enabled=given.with_worker):
        server.serve()


def _is_news(record: logging.LogRecord) -> bool:
    """Leave out the server's warning of many threads: nearly all of ours wait (see `config.admission`)."""
    return "Python threads" not in record.getMessage()


def connections() -> int:
    """Allow this process and its children as many open files as the system lets it; return how many connections fit.

    The server counts every open connection, idle ones too, and lets nobody in beyond that number.
    """
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _CONNECTIONS + _OTHER_FILES
    files = most if hard == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(files - _OTHER_FILES, files // 2)


if __name__ == "__main__":
    main()
