"""Delete what has been kept long enough. The worker calls it every ten minutes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from kiemtin.audit.record import record
from kiemtin.questions.retention import RULES, Rule

GRACE = dt.timedelta(hours=1)
"""So much later than it is due something may still be there: the worker looks every ten minutes."""


def purge(*, now: dt.datetime | None = None, by: str = "worker") -> dict[str, int]:
    """Delete, or empty, what the table of retention says is over; returns how much of it, by the names of its rules.

    Each rule is a transaction, with its event if it has one. One that fails does not hold up the others; its error is
    raised at the end.
    """
    at = now or timezone.now()
    done: dict[str, int] = {}
    failure: Exception | None = None
    for rule in RULES:
        try:
            if count := _forget(rule, at, by):
                done[rule.name] = count
        except Exception as error:
            failure = error
    if failure is not None:
        raise failure
    return done


def left_over(*, now: dt.datetime | None = None) -> list[Rule]:
    """Return the rules by which something should be gone for an hour and is still there."""
    at = (now or timezone.now()) - GRACE
    return [rule for rule in RULES if rule.due is not None and rule.due(at).exists()]


@transaction.atomic
def _forget(rule: Rule, at: dt.datetime, by: str) -> int:
    if rule.due is None or not (rows := rule.due(at)).exists():
        return 0
    count = rule.forget(rows)
    if rule.is_told:
        record(by=by, verb="personal-data.purged", desk="", object_type=rule.name, detail={"count": count})
    return count
