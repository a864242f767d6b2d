"""The peer: a bare WSGI application that says one word, on the same server with the same workers and threads."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kiemtin.config import server
from kiemtin.config.admission.kinds import PLACES

_BODY = b"hello"


def application(environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Say it (PEP 3333)."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(_BODY)))])
    return [_BODY]


def main() -> None:
    """Serve on a port with so many workers until interrupted."""
    Granian(
        "benchmarks.desk.hello:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=int(sys.argv[2]),
        blocking_threads=PLACES,
        backpressure=server.connections(),
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
