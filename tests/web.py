"""A web server of strangers, on the loopback, and the resolver that leads their names to it.

Tests fetch from names such as `publisher.example`; what is fetched never leaves this machine.
"""

import gzip
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOST = "127.0.0.1"


@dataclass
class Page:
    """What the server answers with. `drip` sends a byte, then waits so many seconds, and so on."""

    body: bytes = b""
    status: int = 200
    headers: dict = field(default_factory=dict)
    drip: float = 0.0
    cut: int | None = None  # so many bytes of the body are sent, and no more


class Web:
    """Pages by host and path; `seen` is what was asked for, with its headers."""

    def __init__(self):
        self.pages, self.seen = {}, []
        self.stopped = threading.Event()
        self.server = _Server((HOST, 0), _handler(self))
        self.port = self.server.server_port

    def put(self, url, body=b"", *, packed=False, **fields):
        """Put a page at `host/path`."""
        body = body.encode() if isinstance(body, str) else body
        if packed:
            body = gzip.compress(body)
            fields["headers"] = fields.get("headers", {}) | {"Content-Encoding": "gzip"}
        self.pages[url] = Page(body, **fields)

    def paths(self):
        return [path for path, _ in self.seen]

    def url(self, place):
        """The address of `host/path` with the port."""
        host, _, path = place.partition("/")
        return f"http://{host}:{self.port}/{path}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever hangs up early is what is tested."""


def _handler(web):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            host = self.headers["Host"].partition(":")[0]
            web.seen.append((f"{host}{self.path}", dict(self.headers)))
            page = web.pages.get(f"{host}{self.path}", Page(status=404))
            etag = page.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                page = Page(status=304, headers={"ETag": etag})
            self.send_response(page.status)
            for name, value in ({"Content-Length": str(len(page.body))} | page.headers).items():
                if not (page.status == 304 and name == "Content-Length"):
                    self.send_header(name, value)
            self.end_headers()
            self._send(page)

        def _send(self, page):
            body = page.body if page.cut is None else page.body[: page.cut]
            if not page.drip:
                self.wfile.write(body)
            for at in range(len(body) if page.drip else 0):
                if web.stopped.wait(page.drip):
                    return
                self.wfile.write(body[at : at + 1])
            if page.cut is not None:
                self.close_connection = True

        def log_message(self, *arguments):
            pass

    return Handler


@contextmanager
def running_web():
    web = Web()
    thread = threading.Thread(target=web.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield web
    finally:
        web.stopped.set()
        web.server.shutdown()
        web.server.server_close()
        thread.join()


def feed(*nodes):
    """A DataFeed document."""
    items = [{"@type": "DataFeedItem", "item": [node]} for node in nodes]
    return {"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": items}
