"""What is measured one request after the other, and the goals of the issue."""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.desk.client import Client, Reply
from benchmarks.desk.questions import Questions

QUEUE, NEW, REPEATED = 300.0, 250.0, 50.0
"""Goals of the issue, milliseconds."""

Timings = dict[str, float]


class ProbeError(Exception):
    """Something else came back than what is measured."""


@dataclass(frozen=True)
class Probe:
    """One thing to measure: `run` does it once and returns milliseconds by name, `all` among them."""

    name: str
    run: Callable[[], Timings]
    goal: float | None = None


def desk_paths(card: dict[str, Any]) -> dict[str, tuple[str, float | None]]:
    """Return the pages of the desk by name: address, goal. `WORDS` in an address stands for what is searched."""
    desk = f"/desk/{card['slug']}/"
    return {
        "queue": (desk, QUEUE),
        "queue, page 100": (f"{desk}?page=100", QUEUE),
        "queue, all cases, page 2": (f"{desk}?tab=all&page=2", QUEUE),
        "queue, filtered": (f"{desk}?assignee=nobody&asked=3&nature=unsaid&sort=asked", QUEUE),
        "queue, searched": (f"{desk}?q=WORDS", QUEUE),
        "case with the most messages": (f"{desk}cases/{card['case']}/", None),
        "editor": (f"{desk}checks/{card['draft']}/edit/", None),
    }


def desk_probes(client: Client, card: dict[str, Any]) -> list[Probe]:
    """Return the pages of the desk, for a client that is signed in."""
    words = itertools.cycle(card["searches"])

    def opened(path: str) -> Callable[[], Timings]:
        return lambda: {"all": _timed(lambda: client.get(path.replace("WORDS", quote(next(words)))))}

    return [Probe(name, opened(path), goal) for name, (path, goal) in desk_paths(card).items()]


def public_probes(client: Client, card: dict[str, Any], data: Path) -> list[Probe]:
    """Return the pages of the public site; cold is what no web process has kept."""
    checks: Iterator[str] = iter(card["checks"])
    first = card["checks"][-1]
    tags: dict[str, str] = {}

    def cold_front() -> Timings:
        _as_published(data)
        return {"all": _timed(lambda: client.get("/"))}

    def confirmed(path: str) -> Callable[[], Timings]:
        def run() -> Timings:
            if path not in tags:
                tags[path] = client.get(path).headers["ETag"]
            return {"all": _timed(lambda: client.get(path, {"If-None-Match": tags[path]}), 304)}

        return run

    return [
        Probe("front page, after a publication", cold_front),
        Probe("front page, kept", lambda: {"all": _timed(lambda: client.get("/"))}),
        Probe("front page, 304", confirmed("/")),
        Probe("check, opened for the first time", lambda: {"all": _timed(lambda: client.get(next(checks)))}),
        Probe("check, kept", lambda: {"all": _timed(lambda: client.get(first))}),
        Probe("check, 304", confirmed(first)),
        Probe("list of checks", lambda: {"all": _timed(lambda: client.get("/checks/"))}),
    ]


def ask_probes(client: Client, texts: Questions) -> list[Probe]:
    """Return the questions. Each is what an asker waits for: sending the text, and the page that it leads to."""
    last: list[str] = []

    def asked(text: str, asker: dict[str, str]) -> Timings:
        began = time.perf_counter()
        sent = _checked(client.post("/ask/", {"text": text, "website": ""}, asker), 302)
        between = time.perf_counter()
        _checked(client.get(sent.headers["Location"], asker), 200)
        end = time.perf_counter()
        last[:] = [sent.headers["Location"]]
        return {"sent": 1000 * (between - began), "page": 1000 * (end - between), "all": 1000 * (end - began)}

    def again() -> Timings:
        text, asker = next(texts.known), next(texts.askers)
        _checked(client.post("/ask/", {"text": text, "website": ""}, asker), 302)
        return asked(text, asker)

    def receipt() -> Timings:
        return {"all": _timed(lambda: client.get(last[0]))}

    return [
        Probe("ask, new text, generated", lambda: asked(next(texts.generated), next(texts.askers)), NEW),
        Probe("ask, new text, real", lambda: asked(next(texts.short), next(texts.askers)), NEW),
        Probe("ask, new text, real, more than 90 words", lambda: asked(next(texts.long), next(texts.askers)), NEW),
        Probe("ask, known text, case open", lambda: asked(next(texts.known), next(texts.askers)), REPEATED),
        Probe("ask, known text, case published", lambda: asked(next(texts.decided), next(texts.askers)), REPEATED),
        Probe("ask, known text, same asker", again, REPEATED),
        Probe("receipt", receipt),
    ]


def _timed(run: Callable[[], Reply], status: int = 200) -> float:
    began = time.perf_counter()
    reply = run()
    taken = 1000 * (time.perf_counter() - began)
    _checked(reply, status)
    return taken


def _checked(reply: Reply, status: int) -> Reply:
    if reply.status != status:
        raise ProbeError(f"{reply.status} in the place of {status}")
    return reply


def _as_published(data: Path) -> None:
    """Change what a publication changes in the tag of every list: when something was last published."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(data / "kiemtin.sqlite3", timeout=30)) as database, database:
        database.execute(
            "UPDATE checks_factcheck SET changed = ? "
            "WHERE id = (SELECT min(id) FROM checks_factcheck WHERE public_state = 'published')",
            (now,),
        )
