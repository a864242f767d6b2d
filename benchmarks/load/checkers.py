"""People who work at the desk: one thing after the other, reading in between, and one who approves and publishes."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.desk.client import FORM
from benchmarks.load.askers import FAILURES
from benchmarks.load.diary import Diary
from benchmarks.load.forms import Form, forms
from benchmarks.load.wire import Answer, Wire

_READING = (0.5, 2.5)  # seconds between two deeds
_LONGEST = 4_000  # characters of a body
_MANY = 10  # pages of the queue that are turned to


class Person:
    """A session at the desk."""

    def __init__(self, wire: Wire, diary: Diary, cookies: Mapping[str, str], slug: str) -> None:
        self._wire, self._diary = wire, diary
        self._cookies = dict(cookies)
        self.desk = f"/desk/{slug}/"

    async def open(self, kind: str, path: str) -> Answer | None:
        """Open a page."""
        return await self._ask(kind, "GET", path)

    async def send(self, kind: str, form: Form, *more: tuple[str, str], to: str = "") -> Answer | None:
        """Send a form of a page."""
        body = urlencode([*form.fields, *more]).encode()
        return await self._ask(kind, "POST", to or form.action, body)

    async def _ask(self, kind: str, method: str, path: str, body: bytes = b"") -> Answer | None:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "X-Forwarded-For": "192.0.2.9", **(FORM if body else {})}
        start = time.perf_counter()
        try:
            answer = await self._wire.send(method, path, headers, body)
        except FAILURES as error:
            self._diary.write(f"desk: {kind}", start, type(error).__name__)
            return None
        self._diary.write(f"desk: {kind}", start, str(answer.status))
        self._cookies |= dict(answer.cookies)
        return answer


async def work(person: Person, draft: int, words: list[str], seed: int) -> None:
    """Work until cancelled."""
    chance = random.Random(seed)
    while True:
        for deed in (_case, _search, _draft):
            await deed(person, draft, words, chance)
            await asyncio.sleep(chance.uniform(*_READING))


async def _case(person: Person, draft: int, words: list[str], chance: random.Random) -> None:
    """Open the queue and a case in it, and say no to a match that is none."""
    queue = await person.open("queue", f"{person.desk}?page={chance.randrange(1, _MANY)}")
    cases = re.findall(rf"{person.desk}cases/\d+/(?=[\"#?])", queue.text) if queue and queue.status == 200 else []
    if not cases:
        return
    await asyncio.sleep(chance.uniform(*_READING))
    case = await person.open("case", chance.choice(cases))
    if case is None or case.status != 200:
        return
    form = next((one for one in forms(case.text) if one.action.endswith("/decide-match/")), None)
    if form is not None:
        await asyncio.sleep(chance.uniform(*_READING))
        await person.send("decision", form, ("answer", "no"))


async def _search(person: Person, draft: int, words: list[str], chance: random.Random) -> None:
    await person.open("search", f"{person.desk}?q={quote(chance.choice(words))}")


async def _draft(person: Person, draft: int, words: list[str], chance: random.Random) -> None:
    """Write a little on, as the page saves by itself."""
    place = f"{person.desk}checks/{draft}/"
    editor = await person.open("editor", f"{place}edit/")
    form = next((one for one in forms(editor.text) if one.action.endswith("/autosave/")), None) if editor else None
    if form is None:
        return
    await asyncio.sleep(chance.uniform(*_READING))
    more = f" {chance.choice(words)}"
    fields = [(name, (value + more)[-_LONGEST:] if name == "body" else value) for name, value in form.fields]
    await person.send("draft saved", Form(form.action, fields))


async def publish(person: Person, check: int) -> dict[str, Any]:
    """Approve a check that was submitted, and publish it; returns when it was there."""
    place = f"{person.desk}checks/{check}/"
    for action in ("approve", "publish"):
        page = await person.open("check", place)
        form = next((one for one in forms(page.text) if one.action.endswith(f"/{action}/")), None) if page else None
        if form is None or (done := await person.send(action, form)) is None or done.status != 302:
            return {"check": check, "failed": action}
    return {"check": check, "at": time.time()}
