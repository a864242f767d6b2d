"""The lines with threads in them: who may not go in yet waits here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from kiemtin.config.admission.kinds import Kind, Rule
from kiemtin.config.admission.lines import FullError, Lines, Standing, Ticket


class Gate:
    """Lets the threads of one process in; safe to be called from all of them.

    Parameters
    ----------
    rules, places, reserve
        See `Lines`.
    clock
        Seconds.
    """

    def __init__(
        self,
        rules: Mapping[Kind, Rule],
        *,
        places: int,
        reserve: int,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._rules = rules
        self._clock = clock
        self._lock = threading.Lock()
        self._lines = Lines(rules, places=places, reserve=reserve)
        self._calls: dict[Ticket, threading.Lock] = {}

    @contextmanager
    def inside(self, kind: Kind, *, is_patient: bool = False) -> Iterator[None]:
        """Wait to be let in, and hold a place meanwhile.

        Parameters
        ----------
        is_patient
            Wait however long it takes: for what was begun already.

        Raises
        ------
        FullError
            It would take too long, or it took too long.
        """
        ticket = self._enter(kind, is_patient=is_patient)
        try:
            yield
        finally:
            self._leave(ticket)

    def _enter(self, kind: Kind, *, is_patient: bool) -> Ticket:
        with self._lock:
            ticket = self._lines.arrive(kind, self._clock(), is_patient=is_patient)
            if ticket.standing is Standing.INSIDE:
                return ticket
            call = self._calls[ticket] = threading.Lock()
            call.acquire()
        if call.acquire(timeout=-1 if is_patient else self._rules[kind].patience):
            return ticket
        with self._lock:
            self._calls.pop(ticket, None)
            if self._lines.give_up(ticket):
                raise FullError(kind, self._lines.expected(kind, self._clock()))
        return ticket  # it was let in at the last moment

    def _leave(self, ticket: Ticket) -> None:
        with self._lock:
            for other in self._lines.leave(ticket, self._clock()):
                if call := self._calls.pop(other, None):
                    call.release()
