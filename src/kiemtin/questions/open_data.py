"""Rows of what was asked, for open data: nothing of an asker, no title, note or assignment, days in place of times.

A case takes its first title from a message, so titles are never in it. A text is in it only while somebody who asked
about it agrees (`Message.agreed`) and nobody keeps it out (`Message.withheld`). The tables that these rows are for are
in `exchange.opendata.shape`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Count
from django.utils import timezone

from kiemtin.checks.enums import PublicState
from kiemtin.checks.links import host_of
from kiemtin.checks.models import ExternalReview, FactCheck
from kiemtin.questions.enums import CaseState, Decision
from kiemtin.questions.models import Case, Match, Message

_CHUNK = 2_000
CLOSED = (CaseState.PUBLISHED, CaseState.NOT_CHECKABLE, CaseState.DECLINED)
OPEN = (CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.IN_REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A row of the table of cases; fields that say more than counts and days are empty unless it is closed."""

    id: int
    desk: str
    state: str
    messages: int
    asked: int
    opened: dt.date
    first_asked: dt.date
    last_asked: dt.date
    state_since: dt.date
    nature: str = ""
    language: str = ""
    public_reason: str = ""
    check_id: int | None = None
    review_url: str = ""
    review_publisher: str = ""
    merged_into: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """A row of the table of messages."""

    id: int
    text: str
    toneless: bool
    case_id: int | None
    band: str
    asked: int
    first_asked: dt.date
    last_asked: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRow:
    """A row of the table of match decisions."""

    id: int
    message_id: int | None
    target: str
    check_id: int | None
    review_url: str
    review_publisher: str
    case_id: int | None
    rank: int
    probability: float
    band: str
    near_copy: bool
    guards: list[str]
    passage: str
    decision: str
    decider: str
    decided: dt.date | None
    yes_count: int
    no_count: int


def case_counts() -> dict[int, tuple[int, int]]:
    """Return for each desk's number how many cases are not closed and how many are."""
    counts: dict[int, tuple[int, int]] = {}
    rows = Case.objects.order_by().values_list("desk_id", "state").annotate(Count("pk"))
    for desk, state, count in rows:
        is_open, closed = counts.get(desk, (0, 0))
        counts[desk] = (is_open + count * (state in OPEN), closed + count * (state in CLOSED))
    return counts


def cases() -> Iterator[CaseRow]:
    """Yield all cases."""
    rows = Case.objects.select_related("desk", "fact_check", "external_review")
    kept = (*_OF_CASE, "desk__slug", "fact_check__public_state", *(f"external_review__{name}" for name in _OF_REVIEW))
    for case in rows.only(*kept).order_by("pk").iterator(_CHUNK):
        row = CaseRow(
            id=case.pk,
            desk=case.desk.slug,
            state=case.state,
            messages=case.messages_count,
            asked=case.asked,
            opened=timezone.localdate(case.opened),
            first_asked=timezone.localdate(case.first_asked),
            last_asked=timezone.localdate(case.last_asked),
            state_since=timezone.localdate(case.state_since),
            merged_into=case.merged_into_id,
        )
        yield _closed(row, case) if case.state in CLOSED else row


def messages() -> Iterator[MessageRow]:
    """Yield those of which somebody agreed that the text be published."""
    for row in Message.objects.filter(agreed__gt=0, withheld=False).defer("guards").order_by("pk").iterator(_CHUNK):
        yield MessageRow(
            id=row.pk,
            text=row.text,
            toneless=row.toneless,
            case_id=row.case_id,
            band=row.band,
            asked=row.asked,
            first_asked=timezone.localdate(row.first_asked),
            last_asked=timezone.localdate(row.last_asked),
        )


def matches() -> Iterator[MatchRow]:
    """Yield what was decided: with the message only where its text is in the table of messages."""
    rows = Match.objects.exclude(decision=Decision.OPEN).select_related("message", "fact_check", "external_review")
    left_out = ("message__text", "message__guards", *(f"fact_check__{name}" for name in _LONG))
    for row in rows.defer(*left_out).order_by("pk").iterator(_CHUNK):
        target = _target(row)
        if target is not None:
            is_given = row.message.agreed > 0 and not row.message.withheld
            yield MatchRow(
                id=row.pk,
                message_id=row.message_id if is_given else None,
                target=target,
                check_id=row.fact_check_id,
                **_review(row.external_review),
                case_id=row.case_id,
                rank=row.rank,
                probability=row.probability,
                band=row.band,
                near_copy=row.near_copy,
                guards=list(row.guards),
                passage=row.passage if is_given else "",
                decision=row.decision,
                decider=row.decider,
                decided=timezone.localdate(row.decided) if row.decided else None,
                yes_count=row.yes_count,
                no_count=row.no_count,
            )


_LONG = ("claim", "summary", "body", "wordings", "remarks", "note")
_OF_REVIEW = ("url", "publisher_name")
_OF_CASE = (
    *("state", "messages_count", "asked", "opened", "first_asked", "last_asked", "state_since", "merged_into"),
    *("nature", "language", "public_reason"),
)


def _closed(row: CaseRow, case: Case) -> CaseRow:
    row = replace(row, nature=case.nature, language=case.language)
    if case.state == CaseState.DECLINED:
        return replace(row, public_reason=case.public_reason)
    if case.state == CaseState.PUBLISHED:
        review = _review(case.external_review)
        return replace(
            row,
            check_id=_public_pk(case.fact_check),
            review_url=review["review_url"],
            review_publisher=review["review_publisher"],
        )
    return row


def _target(row: Match) -> str | None:
    """Return what a match leads to; None for a check without a page, of which nothing is said."""
    if row.fact_check_id is not None:
        return "check" if _public_pk(row.fact_check) else None
    return "review" if row.external_review_id is not None else "case"


def _public_pk(check: FactCheck | None) -> int | None:
    return check.pk if check is not None and check.public_state != PublicState.UNPUBLISHED else None


def _review(review: ExternalReview | None) -> dict[str, str]:
    if review is None:
        return {"review_url": "", "review_publisher": ""}
    url = review.url if host_of(review.url) else ""
    return {"review_url": url, "review_publisher": review.publisher_name}
