"""That a worker is there, and whether the clock can be believed.

Nobody can tell from inside whether a clock is right. But one that jumped, or that nobody has watched for a day, may be
wrong; and what is deleted by a wrong clock does not come back. So what deletes waits until the clock has gone on evenly
for a day: time to see it and to set it right.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum, auto

from django.db import transaction
from django.utils import timezone

from kiemtin.audit.clock import CLOCKS_DIFFER, is_from_the_future
from kiemtin.audit.models import Clock, Event, Pulse
from kiemtin.audit.record import record

EVERY = 10.0
"""Seconds between two beats of a worker."""

SILENT = dt.timedelta(minutes=5)
"""A worker that was not seen for so long does not run."""

GAP = dt.timedelta(days=1)
"""So far the clock may be from one beat to the next; more is a jump, or nobody was there to see."""

TRIED = dt.timedelta(days=1)
"""So long the clock must have gone on evenly before anything is deleted by it."""

_FORGOTTEN = dt.timedelta(days=1)
_JUMPED = "clock.jumped"
_TOLD_AGAIN = dt.timedelta(hours=1)


class Jump(Enum):
    """What the clock did since the last beat."""

    NONE = auto()
    BACK = auto()
    AHEAD = auto()


@transaction.atomic
def beat(*, worker: str, now: dt.datetime | None = None) -> Jump:
    """Leave word that a worker is there, and look at the clock; a jump is told in the log."""
    at = now or timezone.now()
    jump = _look(at)
    Pulse.objects.update_or_create(worker=worker, defaults={"seen": at}, create_defaults={"seen": at, "started": at})
    others = Pulse.objects.exclude(worker=worker)
    others.filter(seen__lt=at - _FORGOTTEN).delete()
    others.filter(is_from_the_future("seen", at)).delete()
    return jump


def _look(at: dt.datetime) -> Jump:
    clock, _ = Clock.objects.select_for_update().get_or_create(name=Clock.NAME, defaults=_first(at))
    before, jump = clock.seen, _jump(clock.seen, at)
    if jump is not Jump.NONE:
        _tell(before, at)
        clock.even_since = at
    clock.seen = at
    clock.save()
    return jump


def _tell(before: dt.datetime, at: dt.datetime) -> None:
    """Tell of a jump in the log; of two machines whose clocks differ, which jumps at each beat, once an hour."""
    told = Event.objects.filter(verb=_JUMPED).order_by("-pk").values_list("at", flat=True).first()
    if told is None or min(abs(told - before), abs(told - at)) > _TOLD_AGAIN:
        detail = {"from": before.isoformat(timespec="seconds"), "to": at.isoformat(timespec="seconds")}
        record(by="worker", verb=_JUMPED, desk="", object_type="clock", detail=detail)


def _first(at: dt.datetime) -> dict[str, dt.datetime]:
    """Return what the clock is compared with at the first beat: the newest event, which is young where all is new."""
    newest = Event.objects.order_by("-pk").values_list("at", flat=True).first()
    return {"seen": newest or at, "even_since": at - 2 * TRIED}


def _jump(before: dt.datetime, at: dt.datetime) -> Jump:
    if at < before - CLOCKS_DIFFER:
        return Jump.BACK
    return Jump.AHEAD if at > before + GAP else Jump.NONE


def is_believed(*, now: dt.datetime | None = None) -> bool:
    """Whether the clock has gone on evenly for long enough, under the eyes of a worker, to delete something by it."""
    return Clock.objects.exists() and doubted_until(now=now) is None


def doubted_until(*, now: dt.datetime | None = None) -> dt.datetime | None:
    """Return until when the clock is in doubt, if it goes on evenly from now on; None if it is not."""
    at, clock = now or timezone.now(), Clock.objects.first()
    if clock is None:
        return None
    until = (at if _jump(clock.seen, at) is not Jump.NONE else clock.even_since) + TRIED
    return until if until > at else None


def last_seen() -> dt.datetime | None:
    """Return when a worker was last there; None if there never was one."""
    return Pulse.objects.order_by("-seen").values_list("seen", flat=True).first()


def is_silent(seen: dt.datetime | None, *, now: dt.datetime | None = None) -> bool:
    """Whether a worker that was last there at that moment does not run any more."""
    return seen is None or abs((now or timezone.now()) - seen) > SILENT
