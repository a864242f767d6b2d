"""Sessions that were seen to be of somebody who works here: they come first, and a made-up cookie does not."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping

from django.conf import settings

_REMEMBERED = 1800.0  # seconds since a page of the desk was shown to them
_MOST = 2_000


class Members:
    """Remembers them in this process alone; after a restart the first page of each comes in by the door."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()
        self._cookie = re.compile(rf"(?:^|;\s*){re.escape(settings.SESSION_COOKIE_NAME)}=([^;\s]+)")

    def knows(self, head: Mapping[str, object]) -> bool:
        """Whether the request comes with such a session."""
        if not self._until or "HTTP_COOKIE" not in head:
            return False
        return self._until.get(self._session(head), 0.0) > self._clock()

    def remember(self, head: Mapping[str, object]) -> None:
        """Note that its session is one."""
        if session := self._session(head):
            now = self._clock()
            with self._lock:
                if len(self._until) >= _MOST:
                    self._until = {one: until for one, until in self._until.items() if until > now}
                if session in self._until or len(self._until) < _MOST:
                    self._until[session] = now + _REMEMBERED

    def _session(self, head: Mapping[str, object]) -> str:
        found = self._cookie.search(str(head.get("HTTP_COOKIE", "")))
        return found[1] if found else ""
