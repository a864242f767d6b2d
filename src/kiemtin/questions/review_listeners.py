"""Hears what other publishers do to their reviews, in the same transaction.

Those who got them as an answer are told, and what they answered waits for an answer again.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.dispatch import receiver

from kiemtin.checks.models import ExternalReview
from kiemtin.checks.signals import reviews_changed, reviews_withdrawn
from kiemtin.questions.actions.queue_replies import queue_replies
from kiemtin.questions.casework import change, log_verb
from kiemtin.questions.enums import CaseState, ReplyKind, ReplyState
from kiemtin.questions.models import Case, Reply, Request


@receiver(reviews_changed, dispatch_uid="questions.tell_of_changed_reviews")
def tell_of_changes(*, pks: Sequence[int], **_: object) -> None:
    """Tell who has a review that its publisher has changed it; what still waits goes out as it is now."""
    for review in _given(pks):
        news = Reply.objects.filter(external_review=review, state=ReplyState.QUEUED, kind=ReplyKind.CORRECTION)
        asked = _has(review).exclude(pk__in=news.values("request"))
        queue_replies(kind=ReplyKind.CORRECTION, requests=asked, case=_case(review), external_review=review)


@receiver(reviews_withdrawn, dispatch_uid="questions.tell_of_withdrawn_reviews")
def tell_of_withdrawals(*, pks: Sequence[int], by: str, **_: object) -> None:
    """Tell who has a review, or was to get it, that it is withdrawn; what still waits is called off.

    Cases that it answered are open again: nobody has checked their claim now.
    """
    for review in _given(pks):
        waiting = Reply.objects.filter(external_review=review, state=ReplyState.QUEUED)
        waiting.update(state=ReplyState.SUPERSEDED)
        asked = _has(review) | Request.objects.filter(message__case__external_review=review)
        queue_replies(kind=ReplyKind.WITHDRAWAL, requests=asked.distinct(), case=_case(review), external_review=review)
        _reopen(review, by)


def _reopen(review: ExternalReview, by: str) -> None:
    """Put the cases back into the queue; that they had this answer stays with them until they get another."""
    rows = Case.objects.select_for_update(of=("self",)).select_related("desk")
    for case in rows.filter(external_review=review, state=CaseState.PUBLISHED).order_by("pk"):
        change(case, state=CaseState.OPEN)
        log_verb("case.answer-withdrawn", case=case, by=by, review=review.key[:200])


def _given(pks: Sequence[int]) -> QuerySet[ExternalReview]:
    """Return those of many reviews that anybody who asked has to do with: mostly none."""
    shown = Request.objects.filter(shown_review__in=pks).values("shown_review")
    sent = Reply.objects.filter(external_review__in=pks).values("external_review")
    cases = Case.objects.filter(external_review__in=pks).values("external_review")
    return ExternalReview.objects.filter(Q(pk__in=shown) | Q(pk__in=sent) | Q(pk__in=cases)).order_by("pk")


def _has(review: ExternalReview) -> QuerySet[Request]:
    """Return the requests that were last shown or sent this review."""
    sending = Reply.objects.filter(external_review=review, state=ReplyState.SENDING)
    return Request.objects.filter(Q(shown_review=review) | Q(pk__in=sending.values("request")))


def _case(review: ExternalReview) -> Case | None:
    """Return a case that was answered with it: its desk sees what could not be delivered."""
    return Case.objects.filter(external_review=review).order_by("pk").first()
