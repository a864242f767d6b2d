"""The loop behind the pages: one chore after the other, each as often as it is needed."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import close_old_connections, connections

from kiemtin.audit.outage import let_go, name_of, outage

_LONGEST_PAUSE = 60.0
_SHORTEST_PAUSE = 0.05
_KEPT = 5.0  # seconds of a pause over which a connection is kept: opening one costs more than a look at what is due


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

    def turn(self, now: float) -> bool:
        """Run it if it is due; returns whether there was something to do."""
        return now >= self.due and self.do(now)

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
    """Do chores until `stop` is set, those apart in a thread each; what is in hand is finished first."""
    # Daemons: what they do is bounded and begun again, so that nobody waits long for a stranger at the end.
    beside = {
        threading.Thread(target=_repeat, args=([chore], stop, clock), name=chore.name, daemon=True): chore.grace
        for chore in chores
        if chore.is_apart
    }
    for thread in beside:
        thread.start()
    _repeat([chore for chore in chores if not chore.is_apart], stop, clock)
    ended = time.monotonic()  # the time that they are given is the same for all
    for thread, grace in beside.items():
        thread.join(max(0.0, ended + grace - time.monotonic()))


def _repeat(chores: Sequence[Chore], stop: threading.Event, clock: Callable[[], float]) -> None:
    """Do chores in turn until `stop` is set."""
    while not stop.is_set():
        with _told("connection"):
            close_old_connections()
        busy = False
        for chore in chores:
            if stop.is_set():
                break
            busy = chore.turn(clock()) or busy
        if not busy:
            pause = min((chore.due for chore in chores), default=0.0) - clock()
            if pause > _KEPT:
                with _told("connection"):
                    let_go()
            stop.wait(min(max(_SHORTEST_PAUSE, pause), _LONGEST_PAUSE))
    with _told("connection"):
        let_go()


def keep_beating(beat: Callable[[], object], stop: threading.Event, *, every: float) -> None:
    """Leave word that the worker is there, at once and each so many seconds, whatever its chores do meanwhile."""
    while True:
        with _told("pulse"):
            beat()
        if stop.wait(every):
            connections.close_all()
            return


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Go on after a failure, which is told: a thread that ended would be missed by nobody."""
    try:
        yield
    except Exception as error:
        _failed(name, error)


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
