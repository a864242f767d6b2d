"""How much is asked, and how much of late.

Heat is log2 of a forward-decayed count (Cormode, Shkapenyuk, Srivastava and Xu, "Forward Decay", ICDE 2009): a request
at time t weighs 2^((t - epoch) / half-life). All weights fade at the same rate, so the order by heat never changes by
itself and needs no recount as time goes by.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum
from django.utils import timezone

from kiemtin.checks.models import FactCheck
from kiemtin.questions.models import Case, CheckDemand, Demand, Message
from kiemtin.questions.tally import add_one

HALF_LIFE = dt.timedelta(hours=24)
EPOCH = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
DAYS = 30
"""Days of the chart of a case."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """How often on a day."""

    day: dt.date
    count: int


def bumped(heat: float, at: dt.datetime) -> float:
    """Return the heat after one more request at a time."""
    return joined((heat, _age(at)))


def joined(heats: Iterable[float]) -> float:
    """Return the heat of all requests together; 0, the heat of none, for nothing."""
    given = list(heats)
    top = max(given, default=0.0)
    return top + math.log2(sum(2.0 ** (heat - top) for heat in given)) if given else 0.0


def value_now(heat: float, now: dt.datetime | None = None) -> float:
    """Return how many requests of this moment the heat is worth."""
    return math.pow(2.0, min(heat - _age(now or timezone.now()), 1000.0))


def bump(*, message: Message, case: Case | None, at: dt.datetime) -> None:
    """Count one request of a message and of its case, both locked; the case is stored, the message is the caller's."""
    message.asked += 1
    message.last_asked = max(message.last_asked, at)  # who came first may be the one that waited
    message.heat = bumped(message.heat, at)
    add_one(Demand, key={"message": message.pk, "day": timezone.localdate(at)})
    if case is not None:
        case.asked += 1
        case.last_asked = max(case.last_asked, at)
        case.heat = bumped(case.heat, at)
        case.save(update_fields=["asked", "last_asked", "heat"])


def bump_check(*, fact_check: FactCheck, at: dt.datetime) -> None:
    """Count that a fact-check was given as an answer."""
    add_one(CheckDemand, key={"fact_check": fact_check.pk, "day": timezone.localdate(at)})


def heat_of_case(case: Case) -> float:
    """Return the heat that follows from the messages that a case has."""
    return joined(case.messages.values_list("heat", flat=True))


def daily(case: Case, *, days: int = DAYS, today: dt.date | None = None) -> tuple[DayCount, ...]:
    """Return how often a case was asked about on each of the last days, oldest first, with one query."""
    last = today or timezone.localdate()
    first = last - dt.timedelta(days=days - 1)
    found = Demand.objects.filter(message__case=case, day__gte=first, day__lte=last)
    counts = dict(found.values_list("day").annotate(total=Sum("count")))
    every = (first + dt.timedelta(days=at) for at in range(days))
    return tuple(DayCount(day, counts.get(day, 0)) for day in every)


def _age(at: dt.datetime) -> float:
    return (at - EPOCH) / HALF_LIFE
