"""A mail server that remembers every mail that it took: who, which Message-ID, when."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from email import message_from_bytes
from threading import Lock
from typing import Any

from aiosmtpd.controller import Controller

from benchmarks.desk.server import free_port

_LONGEST = 0.08  # seconds between the end of a mail and its 250, as of a server that looks it over


class Post:
    """Listens on this machine. A context manager."""

    def __init__(self, seed: int) -> None:
        self.port = free_port()
        self.taken: list[tuple[str, str]] = []
        self._lock, self._random = Lock(), random.Random(seed)
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Post:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ANN401, N802  (aiosmtpd's)
        """Take a mail: from the answer on it is ours, whether the other side hears it or not (RFC 5321, 4.2.5)."""
        mail = message_from_bytes(envelope.content)
        with self._lock:
            self.taken.append((str(mail["Message-ID"]).strip(), envelope.rcpt_tos[0]))
        await asyncio.sleep(self._random.uniform(0, _LONGEST))
        return "250 OK"

    def copies(self) -> Counter[str]:
        """Return how many copies there are of each mail, by Message-ID."""
        with self._lock:
            return Counter(message_id for message_id, _ in self.taken)
