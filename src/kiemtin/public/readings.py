"""What the lists of the public site show, each with a bounded number of queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet, Sum
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


def alerts_state() -> tuple[tuple[object, ...], dt.datetime | None]:
    """Return what tells whether any alert or any check that one may gather changed, and when one last did."""
    library, moved = library_state()
    rows = ScamAlert.objects.filter(latest__isnull=False)
    state = rows.aggregate(count=Count("pk"), latest=Max("latest"), changed=Max("changed"))
    moments = [moment for moment in (moved, state["changed"]) if moment]
    return (library, *state.values()), max(moments, default=None)


def library_state() -> tuple[tuple[object, ...], dt.datetime | None]:
    """Return what tells whether any list of checks changed, and when one last did."""
    state = FactCheck.objects.filter(latest__isnull=False).aggregate(
        count=Count("pk"), latest=Max("latest"), changed=Max("changed"), seq=Max("seq")
    )
    desks = tuple(Desk.objects.order_by("pk").values_list("pk", "slug", "name", "is_sample", "is_intake"))
    return (*state.values(), desks), state["changed"]
