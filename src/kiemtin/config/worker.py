"""The loop behind the pages: one chore after the other, each as often as it is needed."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import close_old_connections, connections

from kiemtin.audit.outage import let_go, name_of, outage

_LONGEST_PAUSE = 60.0


@dataclass(slots=True)
class Chore:
    """Something to do again and again.

    Attributes
    ----------
    name
        For the line that tells of a failure.
    run
        Does what there is to do; returns how much that was.
    every
        Seconds between two looks when there was nothing to do. After a failure the pause doubles, up to a minute.
    is_apart
        Whether it waits for others, so that it runs beside the other chores and never holds them up.
    grace
        Seconds that it may take at the end to finish what it has in hand, if it is apart.
    """

    name: str
    run: Callable[[], int]
    every: float
    is_apart: bool = False
    grace: float = 0.0
    due: float = 0.0
    failures: int = field(default=0)
    beside: threading.Thread | None = None

    def turn(self, now: float) -> bool:
        """Run it if it is due, or begin to; returns whether there was something to do."""
        if now < self.due or self.is_under_way:
            return False
        if not self.is_apart:
            return self.do(now)
        # A daemon: what it does is bounded and begun again, so that nobody waits long for a stranger at the end.
        self.beside = threading.Thread(target=self._do_beside, args=(now,), name=self.name, daemon=True)
        self.beside.start()
        return False

    @property
    def is_under_way(self) -> bool:
        """Whether it runs beside the others just now."""
        return self.beside is not None and self.beside.is_alive()

    def _do_beside(self, now: float) -> None:
        try:
            self.do(now)
        finally:
            connections.close_all()

    def do(self, now: float) -> bool:
        """Run it now; returns whether there was something to do."""
        try:
            done = self.run()
        except Exception as error:
            self.failures += 1
            self.due = now + min(_LONGEST_PAUSE, self.every * 2**self.failures)
            _failed(self.name, error)
            return False
        self.failures = 0
        self.due = now if done else now + self.every
        return bool(done)


def work(chores: Sequence[Chore], stop: threading.Event, *, clock: Callable[[], float] = time.monotonic) -> None:
    """Do chores until `stop` is set; what is in hand is finished first."""
    while not stop.is_set():
        close_old_connections()
        busy = False
        for chore in chores:
            if stop.is_set():
                break
            busy = chore.turn(clock()) or busy
        if not busy:
            waiting = [chore.due for chore in chores if not chore.is_under_way]
            stop.wait(min(max(0.05, min(waiting, default=0.0) - clock()), 1.0))
    ended = time.monotonic()  # the time that they are given is the same for all
    for chore in chores:
        if chore.beside is not None:
            chore.beside.join(max(0.0, ended + chore.grace - time.monotonic()))


def keep_beating(beat: Callable[[], object], stop: threading.Event, *, every: float) -> None:
    """Leave word that the worker is there, at once and each so many seconds, whatever its chores do meanwhile."""
    while True:
        try:
            beat()
        except Exception as error:
            _failed("pulse", error)
        if stop.wait(every):
            connections.close_all()
            return


def _failed(name: str, error: Exception) -> None:
    """Say that something failed; what is out of order is opened anew the next time."""
    cause = outage(error)
    print(f"worker: {name} failed: {name_of(cause or error)}", file=sys.stderr, flush=True)  # noqa: T201
    if cause:
        let_go()


def finish(chores: Sequence[Chore]) -> bool:
    """Do what there is to do now, chore by chore; returns whether all of it went well."""
    for chore in chores:
        while chore.do(chore.due):
            pass
    return not any(chore.failures for chore in chores)
