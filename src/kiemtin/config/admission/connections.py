"""Connections to the database belong to places, not to threads: few are open, however many threads there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


class Lender:
    """Lends the connections of a place to the thread that is in it, as Django's own live server does."""

    def __init__(self) -> None:
        self._idle: list[tuple[BaseDatabaseWrapper, ...]] = []  # last used first, so that few stay in use

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let this thread use connections that another used before; what it opens is kept for the next."""
        try:
            held = self._idle.pop()
        except IndexError:
            held = ()
        for connection in held:
            connections[connection.alias] = connection
        try:
            yield
        finally:
            self._idle.append(tuple(_take_back()))


def _take_back() -> Iterator[BaseDatabaseWrapper]:
    for connection in connections.all(initialized_only=True):
        if not connection.allow_thread_sharing:
            connection.inc_thread_sharing()
        del connections[connection.alias]
        yield connection
