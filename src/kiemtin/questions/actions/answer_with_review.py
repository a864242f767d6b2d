"""Answer a case with the review of another publisher."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.enums import Nature
from kiemtin.checks.models import ExternalReview
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.casework import begin, change, log
from kiemtin.questions.exceptions import HasFactCheckError, NotAFactError, NotAnAnswerError
from kiemtin.questions.models import Case, Request
from kiemtin.questions.outcomes import queue_outcome

_ACTION = Action.ANSWER_WITH_REVIEW


@transaction.atomic
def answer_with_review(*, case: Case, external_review: ExternalReview, by: User) -> Case:
    """Close the case with another publisher's review; those who asked get it under that publisher's name and words.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    NotAFactError
        Nobody has said yet that it is a statement of fact.
    HasFactCheckError
        The desk has begun a check of its own.
    NotAnAnswerError
        The review was withdrawn.
    """
    row = begin(_ACTION, case=case, by=by)
    review = ExternalReview.objects.select_for_update().get(pk=external_review.pk)
    if row.nature != Nature.FACT:
        raise NotAFactError(f"case {row.pk}: nature is {row.nature or 'not said'}")
    if row.fact_check_id is not None:
        raise HasFactCheckError(f"case {row.pk} has a fact-check")
    if review.withdrawn:
        raise NotAnAnswerError(f"review {review.pk} is withdrawn")
    change(row, state=RULES[_ACTION].to, external_review=review)
    told = queue_outcome(case=row, requests=Request.objects.filter(message__case=row))
    log(_ACTION, case=row, by=by, review=review.key[:200], told=told)
    return row
