"""The rows of the queue: what stands beside each case costs four queries, however many cases there are."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from kiemtin.accounts.models import Desk, Membership, User
from kiemtin.checks.workflow import RULES, Action
from kiemtin.desk.nav_counts import UNDECIDED
from kiemtin.questions.enums import CaseState, Decision
from kiemtin.questions.models import Case, Conflict, Demand, Match

DAYS = 7
LATE = dt.timedelta(hours=48)
"""Who waits longer than this is marked."""

_NOTICEABLE = 1.2


@dataclass(frozen=True, slots=True)
class Trend:
    """How often a case was asked about in the last 24 hours, and in the 24 before.

    Demand is counted by the day, so both are reckoned: of a day that lies in both, each gets its share by the hour.
    """

    recent: int
    before: int

    @property
    def way(self) -> str:
        """`up`, `down` or `flat`; empty where nobody asked."""
        if not self.recent and not self.before:
            return ""
        if self.recent > self.before * _NOTICEABLE:
            return "up"
        return "down" if self.before > self.recent * _NOTICEABLE else "flat"


@dataclass(frozen=True, slots=True)
class Row:
    """A case, and what its line says.

    Attributes
    ----------
    week
        How often it was asked about on each of the last days, oldest first.
    proposals
        How many open questions there are whether it is the same as another case.
    is_conflict
        Whether the person who looks declared an interest in it.
    waits, is_late
        Whether somebody waits for it, and for too long.
    """

    case: Case
    week: tuple[int, ...]
    trend: Trend
    proposals: int
    is_conflict: bool
    waits: bool
    is_late: bool

    @property
    def top(self) -> int:
        """The greatest number of the week, at least 1."""
        return max(1, *self.week)


def rows_of(cases: Sequence[Case], *, user: User, now: dt.datetime | None = None) -> list[Row]:
    """Return the rows of the cases of one page."""
    now = now or timezone.now()
    pks = [case.pk for case in cases]
    demand, proposals = _demand(pks, now), _proposals(pks)
    mine = set(Conflict.objects.filter(case__in=pks, person=user).values_list("case_id", flat=True))
    return [
        Row(
            case=case,
            week=tuple(demand[case.pk][-DAYS:]),
            trend=trend_of(demand[case.pk], now),
            proposals=proposals[case.pk],
            is_conflict=case.pk in mine,
            waits=case.state in UNDECIDED,
            is_late=case.state in UNDECIDED and now - case.first_asked > LATE,
        )
        for case in cases
    ]


def trend_of(days: Sequence[int], now: dt.datetime | None = None) -> Trend:
    """Reckon the trend from the counts of the last days, the last of which is today and not over yet."""
    local = timezone.localtime(now)
    passed = (local.hour * 60 + local.minute) / (24 * 60)
    today, yesterday, before = days[-1], days[-2], days[-3]
    recent = today + yesterday * (1 - passed)
    return Trend(round(recent), round(yesterday * passed + before * (1 - passed)))


def people_of(desk: Desk) -> list[User]:
    """Return who can have a case at a desk, by name."""
    roles = RULES[Action.TAKE].roles
    found = Membership.objects.filter(desk=desk, role__in=roles, user__is_active=True).select_related("user")
    return [membership.user for membership in found.order_by("user__name", "user_id")]


def open_proposals() -> QuerySet[Match]:
    """Return the open questions whether a message of one case is the same as another case that stands."""
    asked = Match.objects.filter(decision=Decision.OPEN, case__isnull=False, message__case__isnull=False)
    return asked.exclude(case=F("message__case")).exclude(case__merged_into=F("message__case"))


def _demand(pks: Sequence[int], now: dt.datetime) -> dict[int, list[int]]:
    today = timezone.localdate(now)
    first = today - dt.timedelta(days=DAYS - 1)
    found = Demand.objects.filter(message__case__in=pks, day__gte=first, day__lte=today)
    counts: dict[int, list[int]] = defaultdict(lambda: [0] * DAYS)
    for case, day, count in found.values_list("message__case", "day").annotate(total=Sum("count")):
        counts[case][(day - first).days] = count
    return counts


def _proposals(pks: Sequence[int]) -> Counter[int]:
    """Count in both directions; each direction has an index of its own, so it is a union."""
    theirs = open_proposals().filter(message__case__in=pks).exclude(case__state=CaseState.MERGED)
    to_them = open_proposals().filter(case__in=pks)
    both = theirs.values_list("message__case", "case").union(to_them.values_list("case", "message__case"))
    return Counter(case for case, _other in both)
