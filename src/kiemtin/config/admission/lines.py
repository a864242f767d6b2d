"""Places and lines of one process as pure arithmetic: no threads, no clock of its own.

A free place goes to the kind that has had least of its share (stride scheduling: Waldspurger and Weihl, 1995), counted
in seconds of work, so that cheap requests are many and dear ones few. A kind that has nobody waiting saves nothing up.

Who would wait too long is turned away on arrival. How long that is follows from Little's law: the line's length times
the time between two that are let in, measured while somebody waits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kiemtin.config.admission.kinds import Kind, Rule

_SMOOTHING = 0.1  # weight of the newest in a moving average
_FIRST_GUESS = 0.02  # seconds that a request takes, until one of its kind was seen


class Standing(StrEnum):
    """How it stands with a request."""

    WAITING = "waiting"
    INSIDE = "inside"
    GONE = "gone"


@dataclass(eq=False, slots=True)
class Ticket:
    """One request: since when it stands as it does, and what its kind was charged for it."""

    kind: Kind
    standing: Standing
    since: float
    charged: float = 0.0


class FullError(Exception):
    """It would wait too long, or too many wait already; `expected` is how many seconds it would have waited."""

    def __init__(self, kind: Kind, expected: float) -> None:
        super().__init__(f"no room for {kind}")
        self.kind, self.expected = kind, expected


@dataclass(slots=True)
class _Line:
    rule: Rule
    inside: int = 0
    waiting: deque[Ticket] = field(default_factory=deque)
    passed: float = 0.0  # seconds of work by share: who has least is next
    cost: float = _FIRST_GUESS  # seconds that one takes
    gap: float = 0.0  # seconds between two that are let in while others wait
    let_in: float = 0.0  # when one was let in last, or the line began

    @property
    def is_active(self) -> bool:
        """Whether it has anybody inside or waiting."""
        return bool(self.inside or self.waiting)

    def expected(self, now: float) -> float:
        """Return how many seconds one who comes now would wait; nobody knows as long as nobody waits.

        A gap that is longer than usual already counts as it is, and who is first in line has waited so long at least.
        """
        if not self.waiting:
            return 0.0
        usual = self.gap * len(self.waiting) + max(self.gap, now - self.let_in)
        return max(usual, now - self.waiting[0].since)


class Lines:
    """All lines of one process.

    Parameters
    ----------
    rules
        Of each kind.
    places
        How many requests are worked on at once.
    reserve
        How many of these places only kinds that may use the reserve ever have.
    """

    def __init__(self, rules: Mapping[Kind, Rule], *, places: int, reserve: int) -> None:
        self._lines = {kind: _Line(rule) for kind, rule in rules.items()}
        self._free = places
        self._open = places - reserve  # of the places that are for all

    def arrive(self, kind: Kind, now: float, *, is_patient: bool = False) -> Ticket:
        """Take a request: it is inside, or it waits. One that is patient is never turned away.

        Raises
        ------
        FullError
            Neither.
        """
        line = self._lines[kind]
        ticket = Ticket(kind, Standing.WAITING, now)
        if not line.is_active:
            line.passed = max(line.passed, self._least())
        if not line.waiting and self._has_room(line):
            self._start(line, ticket, now)
            return ticket
        expected = line.expected(now)
        is_full = len(line.waiting) >= line.rule.waiting or expected > line.rule.patience
        if is_full and not is_patient:
            raise FullError(kind, expected)
        if not line.waiting:
            line.let_in = now
        line.waiting.append(ticket)
        return ticket

    def leave(self, ticket: Ticket, now: float) -> list[Ticket]:
        """Give a place back; returns those that are inside now because of it."""
        line = self._lines[ticket.kind]
        took = max(now - ticket.since, 0.0)
        line.passed += (took - ticket.charged) / line.rule.share
        line.cost += _SMOOTHING * (took - line.cost)
        line.inside -= 1
        self._count(line, -1)
        ticket.standing = Standing.GONE
        return self._fill(now)

    def give_up(self, ticket: Ticket) -> bool:
        """Take one that waits out of its line; returns whether it was still waiting."""
        if ticket.standing is not Standing.WAITING:
            return False
        self._lines[ticket.kind].waiting.remove(ticket)
        ticket.standing = Standing.GONE
        return True

    def waiting(self, kind: Kind) -> int:
        """Return how many of a kind wait."""
        return len(self._lines[kind].waiting)

    def expected(self, kind: Kind, now: float) -> float:
        """Return how many seconds one of a kind would wait now."""
        return self._lines[kind].expected(now)

    def _fill(self, now: float) -> list[Ticket]:
        let_in = []
        while (line := self._next()) is not None:
            ticket = line.waiting.popleft()
            # The first gap of a line is counted from when it began.
            line.gap += (_SMOOTHING if line.gap else 1.0) * (now - line.let_in - line.gap)
            line.let_in = now
            self._start(line, ticket, now)
            let_in.append(ticket)
        return let_in

    def _least(self) -> float:
        """Return where a kind begins that had nobody here: beside the active one that had least, or else the most."""
        active = [line.passed for line in self._lines.values() if line.is_active]
        return min(active) if active else max(line.passed for line in self._lines.values())

    def _next(self) -> _Line | None:
        """Return the line whose first is next; None where nobody can be let in."""
        ready = [line for line in self._lines.values() if line.waiting and self._has_room(line)]
        return min(ready, key=lambda line: line.passed, default=None)

    def _has_room(self, line: _Line) -> bool:
        left = self._free if line.rule.may_use_reserve else min(self._free, self._open)
        return left > 0 and line.inside < line.rule.places

    def _start(self, line: _Line, ticket: Ticket, now: float) -> None:
        """Let one in. What it will take is charged at once, so that a kind does not get many places before it pays."""
        ticket.charged, ticket.since, ticket.standing = line.cost, now, Standing.INSIDE
        line.passed += line.cost / line.rule.share
        line.inside += 1
        self._count(line, 1)

    def _count(self, line: _Line, more: int) -> None:
        self._free -= more
        self._open -= 0 if line.rule.may_use_reserve else more
