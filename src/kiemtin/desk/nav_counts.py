"""The numbers beside the items of the navigation and the tabs of the queue: one query."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import F, Func, IntegerField, Model, Q, QuerySet, Subquery
from django.utils import timezone

from kiemtin.accounts.models import Desk, User
from kiemtin.checks.alerts import to_do
from kiemtin.checks.enums import Stage
from kiemtin.checks.models import FactCheck
from kiemtin.checks.published import to_look_at
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.sources import Outcome, SourceState
from kiemtin.questions.enums import CaseState, ReplyState
from kiemtin.questions.models import Case, ErrorReport, Reply

TO_DO = (CaseState.OPEN, CaseState.IN_PROGRESS)
UNDECIDED = (*TO_DO, CaseState.IN_REVIEW)
RECHECK_AHEAD = dt.timedelta(days=7)


def nav_counts(desk: Desk) -> dict[str, int]:
    """Return the numbers of the navigation: what to do, to review, to look into, and what failed."""
    return _counts(desk, _nav(desk))


def queue_counts(desk: Desk, user: User) -> dict[str, int]:
    """Return those of the navigation and of the queue's tabs."""
    cases = Case.objects.filter(desk=desk)
    tabs = {
        "mine": cases.filter(assignee=user, state__in=UNDECIDED),
        "in_review": cases.filter(state=CaseState.IN_REVIEW),
        "recheck": due_soon(desk),
    }
    return _counts(desk, _nav(desk) | tabs)


def due_soon(desk: Desk) -> QuerySet[FactCheck]:
    """Return the desk's answers that have a source to look at again, now or within a week."""
    return to_look_at(desk.pk, timezone.localdate() + RECHECK_AHEAD)


def replies_of(desk: Desk) -> QuerySet[Reply]:
    """Return the outbox of a desk: what its cases tell, and corrections of checks and reviews that have no case.

    Answers without a case are given by the desk that takes in the questions.
    """
    own = Q(case__desk=desk) | Q(case__isnull=True, revision__fact_check__desk=desk)
    outside = Q(case__isnull=True, revision__isnull=True, external_review__isnull=False)
    return Reply.objects.filter(own | outside if desk.is_intake else own)


def _nav(desk: Desk) -> dict[str, QuerySet[Model]]:
    return {
        "queue": Case.objects.filter(desk=desk, state__in=TO_DO),
        "review": FactCheck.objects.filter(desk=desk, stage__in=(Stage.SUBMITTED, Stage.APPROVED)),
        "alerts": to_do(desk.pk),
        "reports": ErrorReport.objects.filter(fact_check__desk=desk, handled__isnull=True),
        "outbox": replies_of(desk).filter(state=ReplyState.FAILED),
        "sources": ReviewSource.objects.filter(
            desk=desk, state=SourceState.ACTIVE, outcome__in=(Outcome.FAILED, Outcome.UNREADABLE)
        ),
    }


def _counts(desk: Desk, rows: dict[str, QuerySet[Model]]) -> dict[str, int]:
    numbers = {name: Subquery(_number(found)) for name, found in rows.items()}
    row = Desk.objects.filter(pk=desk.pk).values_list(*numbers.values()).get()
    return dict(zip(rows, row, strict=True))


def _number(rows: QuerySet[Model]) -> QuerySet[Model, Any]:
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    counted: QuerySet[Model, Any] = rows.order_by().select_related(None).annotate(_number=count).values_list("_number")
    return counted
