"""A browser's part of HTTP, for one request after the other: one connection that is kept, cookies, a sign-in."""

from __future__ import annotations

import http.client
import itertools
import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TIMEOUT = 60.0
_KEPT = 15.0  # seconds for which a connection may have had nothing to do: a server closes it after thirty
_BOUNDARY = b"----------kiemtin"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
AGENT = "Mozilla/5.0 (benchmark)"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Asks one server on this machine. `compressed` says that answers may be, as browsers do."""

    def __init__(self, port: int, *, compressed: bool = True) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self._compressed = compressed
        self._used = 0.0
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        """Get a page."""
        return self._ask("GET", path, None, headers or {})

    def post(self, path: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Reply:
        """Send a form."""
        return self._ask("POST", path, urlencode(form).encode(), {**FORM, **(headers or {})})

    def post_json(self, path: str, content: object, headers: Mapping[str, str] | None = None) -> Reply:
        """Send JSON."""
        return self._ask(
            "POST", path, json.dumps(content).encode(), {"Content-Type": "application/json", **(headers or {})}
        )

    def upload(
        self, path: str, form: Mapping[str, str], file: tuple[str, bytes], headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send a form with a file, named by its field."""
        name, data = file
        parts = [f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in form.items()]
        kind = "Content-Type: application/octet-stream"
        parts.append(
            f'Content-Disposition: form-data; name="{name}"; filename="{name}"\r\n{kind}\r\n\r\n'.encode() + data
        )
        body = b"".join(b"--" + _BOUNDARY + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + _BOUNDARY + b"--\r\n"
        sent = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY.decode()}", **(headers or {})}
        return self._ask("POST", path, body, sent)

    def sign_in(self, email: str, password: str) -> None:
        """Sign in through the form."""
        client = Client(self.port, compressed=False)
        page = client.get("/account/login/")
        token = _TOKEN.search(page.body.decode())
        form = {"csrfmiddlewaretoken": token[1] if token else "", "login": email, "password": password}
        client.close()
        done = client.post("/account/login/", form)
        client.close()
        if "sessionid" not in client.cookies:
            raise RuntimeError(f"nobody was signed in: {done.status}")
        self.cookies = client.cookies

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        given = {"User-Agent": AGENT, "X-Forwarded-For": "192.0.2.1", "Accept-Language": "vi", **headers}
        if self._compressed:
            given["Accept-Encoding"] = "gzip"
        if self.cookies:
            given["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if time.monotonic() - self._used > _KEPT:
            self.close()
        try:
            self._connection.request(method, path, body, given)
            response = self._connection.getresponse()
            content = response.read()
        finally:
            self._used = time.monotonic()
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Reply(response.status, response.headers, content)


def addresses(start: int = 0) -> Iterator[dict[str, str]]:
    """Yield headers that make each request one of another asker: addresses of 10.0.0.0/8."""
    for number in itertools.count(start):
        parts = (number >> 16 & 255, number >> 8 & 255, number & 255)
        yield {"X-Forwarded-For": ".".join(map(str, (10, *parts)))}
