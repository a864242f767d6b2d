"""What the lists of the public site show, each with a bounded number of queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from kiemtin.accounts.models import Desk, DeskPage
from kiemtin.checks.models import FactCheck, Revision, ScamAlert
from kiemtin.checks.published import ANSWERS, corrections, public_checks
from kiemtin.questions.models import CheckDemand

DEMAND_DAYS = 7
"""How many days count for what is asked most now."""

_LONG = ("body", "sources", "wordings")
_NOT_IN_LISTS = ("claim", "summary", "note", "remarks", *_LONG, *(f"latest__{name}" for name in _LONG))


def listed(language: str = "", *, topic: str = "", verdict: str = "") -> QuerySet[FactCheck]:
    """Return `public_checks` without the texts that no list shows."""
    return public_checks(language, topic=topic, verdict=verdict).defer(*_NOT_IN_LISTS)


def changes() -> QuerySet[Revision]:
    """Return all corrections and withdrawals, newest first, without their long texts."""
    return corrections().defer(*_LONG, *(f"fact_check__{name}" for name in ("claim", "summary", "note", *_LONG)))


def related_to(fact_check: FactCheck, language: str, limit: int = 3) -> list[FactCheck]:
    """Return the last changed other checks of the same topic."""
    topic = fact_check.latest.topic if fact_check.latest else ""
    others = listed(language, topic=topic).exclude(pk=fact_check.pk)
    if fact_check.work:
        others = others.exclude(work=fact_check.work)
    return list(others[:limit])


@dataclass(frozen=True, slots=True)
class Asked:
    """A check, and how often it was the answer of late."""

    fact_check: FactCheck
    count: int


def most_asked(language: str, limit: int = 5) -> list[Asked]:
    """Return the checks that were given as an answer most often in the last days, most asked first."""
    since = timezone.localdate() - dt.timedelta(days=DEMAND_DAYS - 1)
    rows = CheckDemand.objects.filter(day__gte=since, fact_check__public_state__in=ANSWERS).values("fact_check")
    top = rows.annotate(total=Sum("count")).order_by("-total", "-fact_check")[: limit * 2]
    counts: dict[int, int] = dict(top.values_list("fact_check", "total"))
    found = listed(language).filter(pk__in=counts)
    ranked = sorted((Asked(check, counts[check.pk]) for check in found), key=lambda a: (-a.count, -a.fact_check.pk))
    return ranked[:limit]


def pages_state() -> object:
    """Return what tells whether any desk wrote something about itself since."""
    return DeskPage.objects.aggregate(latest=Max("pk"))["latest"]


State = tuple[tuple[object, ...], dt.datetime | None]


def alerts_state() -> State:
    """Return what tells whether any alert or any check that one may gather changed, and when one last did."""
    rows = _desks_and_changes()
    moments = [moment for moment in (_moment(rows, _OF_CHECKS), _moment(rows, _OF_ALERTS)) if moment]
    return rows, max(moments, default=None)


def library_state() -> State:
    """Return what tells whether any list of checks changed, and when one last did."""
    rows = tuple(row[:_OF_ALERTS] for row in _desks_and_changes())
    return rows, _moment(rows, _OF_CHECKS)


_OF_CHECKS, _OF_ALERTS = 5, 8  # where in each row their moments stand, before their numbers


def _desks_and_changes() -> tuple[tuple[Any, ...], ...]:
    """Return each desk as it is shown, and with it what changes with each publication, all in one short statement.

    Nearly every page asks this before it is given again, so it is not put together anew each time: that would take ten
    times as long as to answer it, which is a look at the ends of some indexes.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement())
        return tuple(cursor.fetchall())


@cache
def _statement() -> str:
    """Return columns of the desk, then moment, revision and number of the last check, moment and revision of an alert.

    Revisions only become more, and who is published stays so: the highest number of each tells whether there is news.
    """
    quote = connection.ops.quote_name
    desk, check, alert = (quote(model._meta.db_table) for model in (Desk, FactCheck, ScamAlert))
    ends = ((check, "changed"), (check, "latest_id"), (check, "seq"), (alert, "changed"), (alert, "latest_id"))
    # Names come from the models, and there are no values.
    last = ", ".join(f"(SELECT max({name}) FROM {table} WHERE latest_id IS NOT NULL)" for table, name in ends)  # noqa: S608
    return f"SELECT id, slug, name, is_sample, is_intake, {last} FROM {desk} ORDER BY id"  # noqa: S608


def _moment(rows: tuple[tuple[Any, ...], ...], at: int) -> dt.datetime | None:
    """Return a moment, which is the same in all rows, as Django has it."""
    column = FactCheck._meta.get_field("changed").cached_col
    value = rows[0][at] if rows else None
    for convert in connection.ops.get_db_converters(column):
        value = convert(value, column, connection)
    return value
