"""A browser at a server that may be killed at any moment: what was not answered is None."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException

from benchmarks.desk.client import Client, Reply

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Person:
    """Somebody at the desk; `codes` are recovery codes, each good once."""

    email: str
    password: str
    codes: tuple[str, ...] = ()


class Browser:
    """Asks one server. `sender` is the address that requests seem to come from."""

    def __init__(self, port: int, sender: str = "192.0.2.1") -> None:
        self._client = Client(port, compressed=False)
        self._headers = {"X-Forwarded-For": sender}

    def get(self, path: str) -> Reply | None:
        """Get a page."""
        try:
            return self._client.get(path, self._headers)
        except (OSError, HTTPException):
            self._client.close()
            return None

    def post(self, path: str, form: Mapping[str, str], file: tuple[str, bytes] | None = None) -> Reply | None:
        """Send a form, with a file under a name if there is one."""
        headers = self._headers | {"X-CSRFToken": self._client.cookies.get("csrftoken", "")}
        try:
            if file is None:
                return self._client.post(path, form, headers)
            return self._client.upload(path, form, file, headers)
        except (OSError, HTTPException):
            self._client.close()
            return None

    def close(self) -> None:
        """Close its connection."""
        self._client.close()

    def sign_in(self, person: Person, code: str = "") -> bool:
        """Sign in through the forms; returns whether it worked."""
        page = self.get("/account/login/")
        token = _TOKEN.search(page.body.decode()) if page else None
        if token is None:
            return False
        form = {"csrfmiddlewaretoken": token[1], "login": person.email, "password": person.password}
        answer = self.post("/account/login/", form)
        if answer is not None and code:
            answer = self.post("/account/2fa/authenticate/", {"code": code})
        return answer is not None and "sessionid" in self._client.cookies


def is_done(answer: Reply | None) -> bool:
    """Whether the program acknowledged it."""
    return answer is not None and 200 <= answer.status < 400


def led_to(answer: Reply | None) -> str:
    """Return where an answer leads; empty where it leads nowhere."""
    return answer.headers.get("Location", "") if answer is not None and answer.status == 302 else ""
