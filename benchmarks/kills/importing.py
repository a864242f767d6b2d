"""Imports of generated files one after the other, each again until it is through; and a feed that grows."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

from benchmarks.kills.journal import Journal
from benchmarks.kills.place import Place

ROWS = 1_000
FILES = 20
"""So many different files; then they come again, with other words."""

_PAUSE = 3.0  # seconds between two files
_ACKNOWLEDGED = re.compile(rb"ndjson: .*?(\d+) rows")


def review(place: str, number: int, turn: int = 0) -> dict[str, object]:
    """Return a ClaimReview; at each turn it says something else."""
    return {
        "@type": "ClaimReview",
        "url": f"http://{place}/{number}",
        "claimReviewed": f"Tin đồn số {number} về việc {number % 97} và {number * 7 % 1013}",
        "author": {"@type": "Organization", "name": "Báo Kiểm"},
        "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
        "reviewBody": f"Không có bằng chứng nào cho điều này, lần {turn}. " * 4,
    }


class Importer:
    """Imports until it is told to stop; a thread's work. Some rows of a file are broken, some of the file before."""

    def __init__(self, place: Place, journal: Journal, folder: Path) -> None:
        self._place, self._journal, self._folder = place, journal, folder
        self._process: subprocess.Popen[bytes] | None = None

    def pids(self) -> list[int]:
        """Return the import that runs."""
        return [self._process.pid] if self._process is not None and self._process.poll() is None else []

    def work(self, stop: Event) -> None:
        """Import one file after the other."""
        number = 0
        while not stop.is_set():
            path = self._folder / f"file-{number}.ndjson"
            path.write_text("".join(_lines(number)), encoding="utf-8")
            self._journal.tried("import", file=number)
            while not stop.is_set() and not self._import(path, number):
                self._place.up.wait(1.0)
            number += 1
            stop.wait(_PAUSE)

    def _import(self, path: Path, number: int) -> bool:
        """Run it once; returns whether it came to its end."""
        self._place.up.wait(1.0)
        self._process = self._place.begin("import", "--no-encoder", str(path))
        _, said = self._process.communicate()
        rows = max((int(found) for found in _ACKNOWLEDGED.findall(said)), default=0)
        if rows:
            self._journal.done("rows", file=number, rows=rows)
        if self._process.returncode in (0, 1):
            self._journal.done("import", file=number)
            return True
        return False


def urls(number: int, rows: int = ROWS) -> set[str]:
    """Return the addresses of the reviews in the first rows of a file."""
    return {f"http://file.example/{row}" for row in _rows(number)[:rows] if row is not None}


def _rows(number: int) -> list[int | None]:
    """Return the reviews in a file by their numbers: one in fifty is broken, one in ten of the file before."""
    first = number % FILES * ROWS
    again = ROWS if first else 0
    rows = range(first, first + ROWS)
    return [None if row % 50 == 49 else row - again if row % 10 == 0 else row for row in rows]


def _lines(number: int) -> list[str]:
    turn = number // FILES
    rows = (None if row is None else review("file.example", row, turn) for row in _rows(number))
    return ["broken\n" if row is None else json.dumps(row, ensure_ascii=False) + "\n" for row in rows]


class Feed:
    """A publisher's feed on this machine, one review longer each time it is asked. A context manager."""

    def __init__(self) -> None:
        self.asked = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._body))
        self.host = f"127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Feed:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _body(self) -> bytes:
        self.asked += 1
        items = [{"@type": "DataFeedItem", "item": [review(self.host, number)]} for number in range(self.asked)]
        return json.dumps({"@type": "DataFeed", "dataFeedElement": items}, ensure_ascii=False).encode()


def _handler(body: Callable[[], bytes]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = body() if self.path.endswith(".json") else b""
            self.send_response(200 if content else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
