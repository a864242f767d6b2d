"""How much a case is asked about, counted anew from its messages after they were moved."""

from __future__ import annotations

from django.db.models import Count, Max, Min, Sum

from kiemtin.questions.casework import change
from kiemtin.questions.demand import heat_of_case
from kiemtin.questions.models import Case


def recount(*cases: Case) -> None:
    """Store the counters that follow from the messages that the cases now have."""
    for case in cases:
        change(case, **counters(case))


def counters(case: Case) -> dict[str, object]:
    """Return what the counters of a case must be; an emptied case keeps when it was asked about."""
    found = case.messages.aggregate(
        messages_count=Count("pk"), asked=Sum("asked", default=0), first=Min("first_asked"), last=Max("last_asked")
    )
    first, last = found.pop("first"), found.pop("last")
    times = {"first_asked": first, "last_asked": last} if first else {}
    return {**found, **times, "heat": heat_of_case(case)}
