"""People who ask, from an address each, and ask again when no answer came."""

from __future__ import annotations

import itertools
import random
import re
from threading import Event

from benchmarks.kills.browser import Browser, is_done, led_to
from benchmarks.kills.journal import Journal
from benchmarks.kills.place import Place
from benchmarks.kills.texts import Texts, picture

_CODE = re.compile(r"/r/([0-9A-Z]{10})/")
_TRIES = 40
_PAUSES = (0.02, 0.25)  # seconds
_numbers = itertools.count()


class Asker:
    """Asks until it is told to stop; a thread's work."""

    def __init__(self, place: Place, journal: Journal, texts: Texts, seed: int) -> None:
        self._place, self._journal, self._texts = place, journal, texts
        self._random = random.Random(seed)

    def work(self, stop: Event) -> None:
        """Ask again and again."""
        while not stop.is_set():
            self._place.up.wait(1.0)
            number = next(_numbers)
            browser = Browser(self._place.port, f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
            if self._random.random() < 0.03:
                self._show(browser, number, stop)
            else:
                self._ask(browser, number, stop)
            browser.close()
            stop.wait(self._random.uniform(*_PAUSES))

    def _text(self) -> str:
        draw = self._random.random()
        return self._texts.new() if draw < 0.3 else self._texts.known() if draw < 0.85 else self._texts.near()

    def _ask(self, browser: Browser, number: int, stop: Event) -> None:
        text = self._text()
        for _ in range(_TRIES):
            self._journal.tried("ask", text=text, asker=number)
            answer = browser.post("/ask/", {"text": text, "website": ""})
            if found := _CODE.search(led_to(answer)):
                self._journal.done("ask", text=text, asker=number, code=found[1])
                self._go_on(browser, number, found[1])
                return
            if answer is not None and answer.status != 503:
                self._journal.done("refusal", status=answer.status)
                return
            if stop.wait(0.1):
                return
            self._place.up.wait(1.0)

    def _go_on(self, browser: Browser, number: int, code: str) -> None:
        draw = self._random.random()
        if draw < 0.7:
            address = f"hoi{number}@example.org"
            self._journal.tried("address", code=code, address=address)
            if is_done(browser.post(f"/r/{code}/address/", {"address": address})):
                self._journal.done("address", code=code, address=address)
        elif draw < 0.8:
            self._journal.tried("none of these", code=code)
            if led_to(browser.post(f"/r/{code}/decide/", {"answer": "none"})):
                self._journal.done("none of these", code=code)

    def _show(self, browser: Browser, number: int, stop: Event) -> None:
        """Send a picture; its text is typed."""
        self._journal.tried("picture", asker=number)
        answer = browser.post("/ask/", {"text": "", "website": ""}, file=("picture", picture(number)))
        found = _CODE.search(led_to(answer))
        if found is None:
            return
        self._journal.done("picture", asker=number, code=found[1])
        text = self._texts.new()
        self._journal.tried("ask", text=text, asker=number)
        answer = browser.post(f"/r/{found[1]}/picture/ask/", {"text": text})
        if (led := _CODE.search(led_to(answer))) and "picture" not in led_to(answer):
            self._journal.done("ask", text=text, asker=number, code=led[1])
