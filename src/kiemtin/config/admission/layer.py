"""The layer between server and Django (PEP 3333): admits, turns away, says that it is alive."""

from __future__ import annotations

import io
import random
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from math import ceil
from typing import Any, Self

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import FileResponse
from django.http.response import HttpResponseBase

from kiemtin.api.entrance import overloaded
from kiemtin.config.admission.connections import Lender
from kiemtin.config.admission.gate import Gate
from kiemtin.config.admission.kinds import PLACES, RESERVE, RULES, STREAMS, Kind, kind_of, length_of
from kiemtin.config.admission.lines import FullError
from kiemtin.config.admission.members import Members
from kiemtin.config.admission.tally import Tally
from kiemtin.desk.access import MEMBER
from kiemtin.public.views.busy import busy

Environ = dict[str, Any]
Start = Callable[..., object]
Pages = Callable[[Environ, Any], HttpResponseBase]

HEALTH = "/healthz"
"""Answered by this layer itself: whether the process is there, not whether everybody is let in."""

_SMALL = 1 << 20  # bytes of a file that is given out at once
_AGAIN = (5, 15)  # seconds, by chance, so that those who are turned away do not come back all at once


class Admission:
    """Django behind a gate.

    Parameters
    ----------
    pages
        Django's application.
    """

    def __init__(
        self, pages: Pages, *, gate: Gate | None = None, tally: Tally | None = None, lender: Lender | None = None
    ) -> None:
        self._pages = pages
        self._gate = gate or Gate(RULES, places=PLACES, reserve=RESERVE)
        self._tally = tally or Tally()
        self._members = Members()
        self._lender = lender or Lender()
        self._bodies = {kind: threading.BoundedSemaphore(rule.bodies) for kind, rule in RULES.items()}
        self._streams = threading.BoundedSemaphore(STREAMS)

    def __call__(self, head: Environ, start_response: Start) -> Iterable[bytes]:
        """Answer a request."""
        if head["PATH_INFO"] == HEALTH:
            return _answer(start_response, "200 OK", b"ok\n")
        kind = kind_of(head, is_member=self._members.knows(head))
        try:
            self._take_body(head, kind)
            return self._admit(head, start_response, kind)
        except FullError as error:
            self._tally.count(kind)
            return _turn_away(head, start_response, error)

    def _take_body(self, head: Environ, kind: Kind) -> None:
        """Take in what is sent before a place is taken: who sends slowly keeps nobody out."""
        length = length_of(head)
        if not length or length > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            return  # what is too large is refused unread
        if not self._bodies[kind].acquire(blocking=False):
            raise FullError(kind, 0.0)
        try:
            head["wsgi.input"] = io.BytesIO(head["wsgi.input"].read(length))
        finally:
            self._bodies[kind].release()

    def _admit(self, head: Environ, start_response: Start, kind: Kind) -> Iterable[bytes]:
        heads: list[tuple[object, ...]] = []
        with self._gate.inside(kind), self._lender.lent():
            response = self._pages(head, lambda *begun: heads.append(begun))
            whole = None if response.streaming else _whole(response)
        if head.get(MEMBER):
            self._members.remember(head)
        given = self._given_out(response, kind) if whole is None else whole
        start_response(*heads[-1])
        return given

    def _given_out(self, response: HttpResponseBase, kind: Kind) -> Iterable[bytes]:
        """Return a large answer piece by piece: who reads slowly keeps a thread, but no place."""
        is_file = isinstance(response, FileResponse)
        if is_file and int(response.headers.get("Content-Length", _SMALL)) < _SMALL:
            return _whole(response)
        if not self._streams.acquire(blocking=False):
            response.close()
            raise FullError(kind, 0.0)
        return Stream(response, self._streams.release, None if is_file else self._piece(kind))

    def _piece(self, kind: Kind) -> Callable[[], AbstractContextManager[None]]:
        """Return what a piece of an answer that comes out of the database is made in."""

        @contextmanager
        def inside() -> Iterator[None]:
            with self._gate.inside(kind, is_patient=True), self._lender.lent():
                yield

        return inside


class Stream:
    """An answer that is made while it is given out.

    Parameters
    ----------
    response
        Django's.
    ended
        Called once when it is over, however it ends.
    inside
        What each piece is made in.
    """

    def __init__(
        self,
        response: HttpResponseBase,
        ended: Callable[[], None],
        inside: Callable[[], AbstractContextManager[None]] | None,
    ) -> None:
        self._response, self._ended = response, ended
        self._inside = inside or nullcontext
        self._pieces = iter(response)
        self._is_over = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        """Return the next piece."""
        with self._inside():
            return next(self._pieces)

    def close(self) -> None:
        """End it; the server calls this in any case."""
        if not self._is_over:
            self._is_over = True
            with self._inside():
                self._response.close()
            self._ended()


def _whole(response: HttpResponseBase) -> list[bytes]:
    try:
        return list(response)
    finally:
        response.close()


def _turn_away(head: Environ, start_response: Start, error: FullError) -> Iterable[bytes]:
    """Answer at once: programs in the shape of their API, people with a page that gives their text back."""
    seconds = ceil(error.expected) + random.randint(*_AGAIN)  # noqa: S311  (no secret)
    kind = error.kind
    if kind in (Kind.FILES, Kind.POLLING):
        return _answer(start_response, "503 Service Unavailable", b"busy\n", ("Retry-After", str(seconds)))
    request = WSGIRequest(head)
    is_staff, has_picture = kind in (Kind.DOOR, Kind.DESK), kind is Kind.PICTURES
    response = overloaded(request, seconds=seconds) or busy(
        request, seconds=seconds, holds_secrets=is_staff, has_picture=has_picture
    )
    response["X-Content-Type-Options"] = "nosniff"
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [response.content]


def _answer(start_response: Start, status: str, body: bytes, *more: tuple[str, str]) -> list[bytes]:
    kind, length = ("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))
    start_response(status, [kind, length, ("Cache-Control", "no-store"), *more])
    return [body]
