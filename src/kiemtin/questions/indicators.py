"""Indicators of scams as they are stored: where they stand, how often they are asked about, which cases share them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q, QuerySet, Sum

from kiemtin.checks.models import ExternalReview, FactCheck
from kiemtin.matching.finding import Finding
from kiemtin.matching.records import check_id
from kiemtin.matching.stock import Stock
from kiemtin.questions.enums import Answered, CaseState, Decision
from kiemtin.questions.models import Case, Indicator, Match, Message, Sighting
from kiemtin.questions.seen import Seen

MOST_CASES = 12
"""What stands in messages of more cases than this is everybody's, and links nothing."""

_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator of a case: how often it was asked about in any message, since when, and in which other cases."""

    indicator: Indicator
    asked: int
    since: dt.date
    others: tuple[int, ...] = ()


def has_new(message: Message, seen: Sequence[Seen]) -> bool:
    """Whether something was seen that is not known of the message."""
    digests = {one.digest for one in seen}
    known = Sighting.objects.filter(message=message, indicator__digest__in=digests)
    return bool(digests) and known.count() < len(digests)


def note(*, message: Message, seen: Sequence[Seen], day: dt.date) -> None:
    """Store what was seen in a message, in the transaction of the question."""
    if not seen:
        return
    fresh = [Indicator(kind=one.kind, digest=one.digest, shown=one.shown) for one in seen]
    Indicator.objects.bulk_create(fresh, ignore_conflicts=True)
    pks = list(Indicator.objects.filter(digest__in=[one.digest for one in seen]).values_list("pk", flat=True))
    rows = [Sighting(message=message, indicator_id=pk, first=day, last=day) for pk in pks]
    Sighting.objects.bulk_create(rows, ignore_conflicts=True)


def count(*, message: Message, seen: Sequence[Seen], day: dt.date) -> None:
    """Count one more question with what was seen in it."""
    if seen:
        rows = Sighting.objects.filter(message=message, indicator__digest__in=[one.digest for one in seen])
        rows.update(asked=F("asked") + 1, last=day)


def cases_sharing(message: Message) -> list[int]:
    """Return the numbers of cases whose messages share an indicator with a message, those that share most first."""
    found = _others(message).filter(message__case__isnull=False).exclude(message__case__state=CaseState.MERGED)
    rows = found.values("message__case").annotate(n=Count("indicator", distinct=True)).order_by("-n", "message__case")
    return [row["message__case"] for row in rows]


def findings_sharing(message: Message, *, limit: int) -> list[Finding]:
    """Return what is published on messages that share an indicator with one: at most a question to who asks.

    First what answers their cases, then what answered those that needed no case.
    """
    if not Sighting.objects.filter(message=message).exists():
        return []
    pks = cases_sharing(message)
    rows = Case.objects.filter(pk__in=pks, state=CaseState.PUBLISHED).select_related("fact_check", "external_review")
    cases = {row.pk: row for row in rows}
    pairs = [_pair(cases[pk].fact_check, cases[pk].external_review) for pk in pks if pk in cases]
    answered = Q(message__band=Answered.ANSWER, rank=0) | Q(decision=Decision.YES)
    without_case = Match.objects.filter(answered, message__in=_others(message).values("message"), message__case=None)
    rows_of = without_case.exclude(decision=Decision.NO).select_related("fact_check", "external_review")
    pairs += [_pair(row.fact_check, row.external_review) for row in rows_of.order_by("pk")[:_LOOKED_AT]]
    stock = Stock.of(pairs)
    found = [stock.find(*pair) for pair in dict.fromkeys(pairs)]
    return [one for one in found if one is not None][:limit]


def counted_of(case: Case) -> list[Counted]:
    """Return the indicators of a case, most asked first: three queries."""
    pks = list(Sighting.objects.filter(message__case=case).values_list("indicator", flat=True).distinct())
    rows = Indicator.objects.filter(pk__in=pks).annotate(total=Sum("sightings__asked"), since=Min("sightings__first"))
    others: dict[int, list[int]] = defaultdict(list)
    elsewhere = Sighting.objects.filter(indicator__in=pks, message__case__isnull=False).exclude(message__case=case)
    pairs = elsewhere.filter(message__case__desk=case.desk_id).values_list("indicator", "message__case").distinct()
    for indicator, other in pairs.order_by("message__case"):
        others[indicator].append(other)
    found = [Counted(row, row.total, row.since, tuple(others[row.pk])) for row in rows]
    return sorted(found, key=lambda one: (-one.asked, one.indicator.pk))


def shared_with(case: Case, others: Collection[int]) -> dict[int, list[Indicator]]:
    """Return for each of other cases the indicators that it shares with one: one query."""
    rows = Sighting.objects.filter(message__case__in=others, indicator__sightings__message__case=case)
    found: dict[int, dict[int, Indicator]] = defaultdict(dict)
    for row in rows.select_related("indicator", "message").distinct():
        if row.message.case_id is not None:
            found[row.message.case_id][row.indicator_id] = row.indicator
    return {pk: list(shared.values()) for pk, shared in found.items()}


def _others(message: Message) -> QuerySet[Sighting]:
    """Return where else the indicators of a message stand, but for those that stand everywhere."""
    mine = Indicator.objects.filter(pk__in=Sighting.objects.filter(message=message).values("indicator"))
    cases = Count("sightings__message__case", filter=Q(sightings__message__case__isnull=False), distinct=True)
    linking = mine.annotate(cases=cases).filter(cases__lte=MOST_CASES).values("pk")
    return Sighting.objects.filter(indicator__in=linking).exclude(message=message)


def _pair(check: FactCheck | None, review: ExternalReview | None) -> tuple[str, str]:
    if check is not None:
        key = check_id(check.pk)
        return key, check.work or key
    return (review.key, review.work) if review is not None else ("", "")
