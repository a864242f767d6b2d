"""HTTP over kept connections, as a proxy in front of the site holds them; no request waits for another."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.desk.client import AGENT

TIMEOUT = 30.0  # seconds


@dataclass(frozen=True)
class Answer:
    """What came back; names of headers in small letters."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


class Wire:
    """All connections to one server on this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def get(self, path: str, headers: Mapping[str, str]) -> Answer:
        """Get a page."""
        return await self.send("GET", path, headers)

    async def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """Send a request on a connection that nobody uses.

        Raises
        ------
        OSError, asyncio.IncompleteReadError, TimeoutError
        """
        given = {"Host": "127.0.0.1", "User-Agent": AGENT, "Accept-Encoding": "gzip", **headers}
        if body or method == "POST":
            given["Content-Length"] = str(len(body))
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "", ""]
        async with asyncio.timeout(TIMEOUT):  # not `wait_for`, which can swallow a cancellation
            return await self._exchange("\r\n".join(lines).encode() + body)

    async def _exchange(self, request: bytes) -> Answer:
        if self._idle:
            connection = self._idle.pop()
            try:
                return await self._on(connection, request)
            except (ConnectionError, asyncio.IncompleteReadError) as error:
                # The server closes what was idle for long: a proxy opens another then, as long as nothing came back.
                if getattr(error, "partial", b""):
                    raise
        return await self._on(await asyncio.open_connection("127.0.0.1", self._port), request)

    async def _on(self, connection: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> Answer:
        reader, writer = connection
        try:
            writer.write(request)
            answer = await _answer(reader)
        except BaseException:
            writer.close()
            raise
        if answer.headers.get("connection") == "close":
            writer.close()
        else:
            self._idle.append(connection)
        return answer

    def close(self) -> None:
        """Close all that are idle."""
        while self._idle:
            self._idle.pop()[1].close()


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    pairs = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    headers = dict(pairs)
    if "chunked" in headers.get("transfer-encoding", ""):
        body = await _chunks(reader)
    else:
        body = await reader.readexactly(int(headers.get("content-length", 0)))
    cookies = tuple(value.partition(";")[0].partition("=")[::2] for name, value in pairs if name == "set-cookie")
    return Answer(int(first.split()[1]), headers, cookies, body)


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    pieces = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        pieces.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(pieces)
