"""People who ask: the rumour that everybody has, new texts, pictures; each from an address of their own."""

from __future__ import annotations

import asyncio
import itertools
import random
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from benchmarks.desk.client import FORM
from benchmarks.load.diary import Diary
from benchmarks.load.wire import Answer, Wire

NEW, PICTURES = 0.04, 0.01
"""Shares of the questions; the rest is known."""

_LEAVE = 0.1  # share of those with a known text who leave an address
_STAY = 0.2  # share of those who keep the page open until it asks for news
_POLL = 20.0  # seconds; as the page does
_ZIPF = 1.1
_SEEN = re.compile(r"\?seen=([\w-]+)")
FAILURES = (OSError, asyncio.IncompleteReadError, TimeoutError)
"""What can become of a request that gets no answer."""


class Askers:
    """Makes the visits.

    Attributes
    ----------
    left
        Mail addresses that were left, each with the text and the moment.
    """

    def __init__(self, wire: Wire, diary: Diary, supply: Mapping[str, Any], pictures: list[bytes]) -> None:
        self._wire, self._diary = wire, diary
        self._chance = random.Random(supply["seed"])
        self._known: list[str] = supply["known"]
        self._weights = list(itertools.accumulate(1 / (at + 1) ** _ZIPF for at in range(len(self._known))))
        self._new = iter(supply["new"])
        self._pictures = itertools.cycle(pictures)
        self._people = _people(supply["seed"])
        self.left: list[tuple[str, str, float]] = []

    def visit(self) -> str:
        """Return what the next one comes for."""
        drawn = self._chance.random()
        return "picture" if drawn < PICTURES else "new text" if drawn < PICTURES + NEW else "known text"

    async def front_page(self, start: float) -> None:
        """Open the front page."""
        await self._ask("front page", start, "GET", "/", next(self._people))

    async def question(self, kind: str, start: float, *, may_stay: bool = True) -> None:
        """Ask, open the page that the question leads to, and perhaps stay there."""
        who = next(self._people)
        text = self._text(kind)
        sent = await self._send(kind, start, text, who)
        if sent is None or sent.status != 302:
            return
        place = sent.headers["location"]
        opened = await self._ask("receipt", time.perf_counter(), "GET", place, who)
        if opened is None or opened.status != 200:
            return
        self._diary.write(f"{kind}, whole", start, "200")
        if kind == "known text" and self._chance.random() < _LEAVE:
            await self._leave(text, place, who)
        if may_stay and self._chance.random() < _STAY:
            await asyncio.sleep(_POLL)
            seen = _SEEN.search(opened.text)
            news = f"{place}?seen={seen[1] if seen else ''}"
            await self._ask("news", time.perf_counter(), "GET", news, who | {"HX-Request": "true"})

    def _text(self, kind: str) -> str:
        if kind == "known text":
            return self._chance.choices(self._known, cum_weights=self._weights)[0]
        return next(self._new) if kind == "new text" else ""

    async def _send(self, kind: str, start: float, text: str, who: dict[str, str]) -> Answer | None:
        if kind != "picture":
            body = urlencode({"text": text, "website": ""}).encode()
            return await self._ask(kind, start, "POST", "/ask/", who | FORM, body)
        mark = secrets.token_hex(8)
        head = f'--{mark}\r\nContent-Disposition: form-data; name="picture"; filename="a.jpg"\r\n\r\n'
        body = head.encode() + next(self._pictures) + f"\r\n--{mark}--\r\n".encode()
        form = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return await self._ask(kind, start, "POST", "/ask/", who | form, body)

    async def _leave(self, text: str, place: str, who: dict[str, str]) -> None:
        address = f"{secrets.token_hex(8)}@asker.example"
        body = urlencode({"address": address}).encode()
        left = await self._ask("address", time.perf_counter(), "POST", f"{place}address/", who | FORM, body)
        if left is not None and left.status == 302:
            self.left.append((address, text, time.time()))

    async def _ask(  # noqa: PLR0913, PLR0917  (what a request is)
        self, kind: str, start: float, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer | None:
        try:
            answer = await self._wire.send(method, path, headers, body)
        except FAILURES as error:
            self._diary.write(kind, start, type(error).__name__)
            return None
        self._diary.write(kind, start, str(answer.status))
        return answer


def _people(seed: int) -> Iterator[dict[str, str]]:
    for number in itertools.count(seed % (1 << 23)):
        parts = (number >> 16 & 255, number >> 8 & 255, number & 255)
        yield {"X-Forwarded-For": ".".join(map(str, (10, *parts)))}
