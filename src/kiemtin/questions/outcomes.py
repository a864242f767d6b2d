"""What a decided case tells those who asked, and how that is taken back while it is still waiting."""

from __future__ import annotations

from django.db.models import QuerySet

from kiemtin.questions.actions.queue_replies import queue_replies
from kiemtin.questions.enums import CaseState, ReplyKind, ReplyState
from kiemtin.questions.exceptions import NotAnAnswerError
from kiemtin.questions.models import Case, Reply, Request

DECIDED = frozenset({CaseState.PUBLISHED, CaseState.NOT_CHECKABLE, CaseState.DECLINED})
"""States in which a case has something to tell."""

FIRST_ANSWERS = (ReplyKind.ANSWER, ReplyKind.NOT_CHECKABLE, ReplyKind.DECLINED)
"""What is told because a question is part of a case; corrections and withdrawals go to whoever saw the earlier one."""

_UNRATED = {CaseState.NOT_CHECKABLE: ReplyKind.NOT_CHECKABLE, CaseState.DECLINED: ReplyKind.DECLINED}


def queue_outcome(*, case: Case, requests: QuerySet[Request]) -> int:
    """Queue what a decided case tells to these requests; returns how many replies wait.

    Raises
    ------
    NotAnAnswerError
        What it was published with is withdrawn.
    """
    if case.state in _UNRATED:
        return queue_replies(kind=_UNRATED[CaseState(case.state)], requests=requests, case=case)
    check, review = case.fact_check, case.external_review
    if check is not None and check.is_answer:
        return queue_replies(kind=ReplyKind.ANSWER, requests=requests, case=case, revision=check.latest)
    if review is not None and not review.withdrawn:
        return queue_replies(kind=ReplyKind.ANSWER, requests=requests, case=case, external_review=review)
    raise NotAnAnswerError(f"case {case.pk} has no answer that stands")


def cancel_waiting(*, case: Case, requests: QuerySet[Request]) -> int:
    """Cancel what these requests would still have been told as members of the case."""
    waiting = Reply.objects.filter(request__in=requests, case=case, state=ReplyState.QUEUED, kind__in=FIRST_ANSWERS)
    return waiting.update(state=ReplyState.CANCELLED)
