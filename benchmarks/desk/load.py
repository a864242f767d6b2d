"""Requests a second: so many kept connections at once, each with one request on its way, for so many seconds."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from benchmarks.desk.client import AGENT, FORM
from benchmarks.desk.latency import summary
from benchmarks.desk.questions import Questions

_TIMEOUT = 30.0


@dataclass
class _Tally:
    taken: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    asks: int = 0


def pages(path: str) -> Iterator[bytes]:
    """Yield the same page for ever."""
    whole = _request("GET", path, {})
    while True:
        yield whole


def asks(questions: Questions, new_share: float) -> Iterator[bytes]:
    """Yield questions of which so many in one have a new text."""
    for text in questions.mixed(new_share):
        body = urlencode({"text": text, "website": ""}).encode()
        headers = {**FORM, **next(questions.askers), "Content-Length": str(len(body))}
        yield _request("POST", "/ask/", headers) + body


def measure(port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> dict[str, Any]:
    """Send them; what a question leads to is opened too, and counts as a request. Errors are what is not 2xx or 3xx."""
    return asyncio.run(_measure(port, requests, connections, seconds))


async def _measure(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> dict[str, Any]:
    tally = _Tally()
    began = time.perf_counter()
    await asyncio.gather(*(_one(port, requests, began + seconds, tally) for _ in range(connections)))
    taken = time.perf_counter() - began
    good = sum(count for status, count in tally.statuses.items() if status[:1] in "23")
    found = {
        "connections": connections,
        "seconds": round(taken, 2),
        "requests": good,
        "per_second": round(good / taken, 1),
        "errors": sum(tally.statuses.values()) - good,
        "statuses": dict(tally.statuses),
        **(summary(tally.taken) if tally.taken else {}),
    }
    return found | ({"asks_per_second": round(tally.asks / taken, 1)} if tally.asks else {})


async def _one(port: int, requests: Iterator[bytes], until: float, tally: _Tally) -> None:
    """Keep one connection busy; one that breaks counts as an error and is opened again."""
    while time.perf_counter() < until:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                while time.perf_counter() < until:
                    await _exchange(reader, writer, next(requests), tally)
            finally:
                writer.close()
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            tally.statuses[type(error).__name__] += 1


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes, tally: _Tally) -> None:
    began = time.perf_counter()
    status, location = await asyncio.wait_for(_send(reader, writer, request), _TIMEOUT)
    tally.statuses[status] += 1
    if location:
        status, _ = await asyncio.wait_for(_send(reader, writer, _request("GET", location, {})), _TIMEOUT)
        tally.statuses[status] += 1
        tally.asks += 1
    tally.taken.append(1000 * (time.perf_counter() - began))


async def _send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[str, str]:
    """Return status and where it leads."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = int(headers.get("content-length", 0))
    if length:
        await reader.readexactly(length)
    return first.split()[1], headers.get("location", "")


def _request(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    given = {
        "Host": "127.0.0.1",
        "User-Agent": AGENT,
        "Accept-Encoding": "gzip",
        "X-Forwarded-For": "192.0.2.1",
        **headers,
    }
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return "\r\n".join([*lines, "", ""]).encode()
