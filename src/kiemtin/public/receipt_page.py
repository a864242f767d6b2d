"""What the page of a receipt shows."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from kiemtin.checks.enums import PublicState, RevisionKind
from kiemtin.checks.models import Revision
from kiemtin.checks.shown import ShownSource, shown_sources
from kiemtin.exchange.models import SourcedReview
from kiemtin.matching.ask import Guard
from kiemtin.matching.finding import Finding
from kiemtin.matching.labels import GUARD_SENTENCES
from kiemtin.public.sent import sent
from kiemtin.public.standings import TO_COME, TOLD, Words
from kiemtin.questions.enums import Answered, Decision
from kiemtin.questions.models import Match, ReplyAddress
from kiemtin.questions.receipts import Progress, Standing, Status, Step

_UNSURE = frozenset({Guard.LINK_ONLY.value, Guard.TOO_SHORT.value})
_PROGRESS = {Progress.DONE: "done", Progress.NOW: "now", Progress.TO_COME: "next"}
_SHORT = 220  # characters of what matched beside the answer


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step as components/steps.html takes it."""

    title: Words
    text: Words
    at: dt.datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """A fact-check of ours as the answer.

    Attributes
    ----------
    corrections
        What was changed since it was first published, newest first.
    matched
        The part of a long message that it answers.
    """

    finding: Finding
    revision: Revision
    sources: tuple[ShownSource, ...]
    corrections: tuple[Revision, ...]
    matched: str


def receipt_context(status: Status) -> dict[str, object]:
    """Return the context of the page, apart from what its forms have to say."""
    told = TOLD[status.standing]
    message = status.request.message
    match = _match_of(status)
    passage = match.passage if match else ""
    answer = status.answer
    return {
        "status": status,
        "code": status.code,
        "path_code": status.request.code,
        "standing": status.standing.value,
        "is_open": not status.standing.is_final,
        "told": told,
        "steps": [_step(step) for step in status.steps],
        "answer": _answer(answer, passage) if answer is not None and answer.is_own else None,
        "review": answer if answer is not None and not answer.is_own else None,
        "can_refuse": match is not None and not status.is_own_choice,
        "guards": [GUARD_SENTENCES[Guard(code)] for code in status.guards],
        "needs_more": bool(_UNSURE & set(status.guards)),
        "sent": sent(message.text, passage),
        "text": message.text,
        "link": link_of(status),
        "mark": mark_of(status),
        "address": ReplyAddress.objects.filter(request=status.request).first(),
        "can_leave": _can_leave(status),
    }


def link_of(status: Status) -> str:
    """Return the short whole address of a receipt, the same in every language."""
    return f"{settings.KIEMTIN_ADDRESS}/r/{status.request.code}"


def mark_of(status: Status) -> str:
    """Return what changes when the page has something new to say."""
    answer, withdrawn = status.answer, status.withdrawn
    told = (
        status.standing,
        answer and (answer.key, answer.revision and answer.revision.pk),
        answer and answer.external_review and answer.external_review.digest,
        withdrawn and withdrawn.pk,
        status.is_lost,
        [choice.match.pk for choice in status.choices],
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


def receipt_path(code: str, language: str) -> str:
    """Return the path of a receipt in a language."""
    with override(language):
        return reverse("public:receipt", args=[code])


def _step(step: Step) -> ShownStep:
    texts = {Progress.NOW: TOLD[step.standing].step, Progress.TO_COME: TO_COME.get(step.standing, "")}
    return ShownStep(step.standing.label, texts.get(step.progress, ""), step.at, _PROGRESS[step.progress])


def _match_of(status: Status) -> Match | None:
    """Return the match that gave the answer; None where a case or nothing did."""
    request = status.request
    if status.answer is None or request.message.case_id is not None:
        return None
    chosen = [int(pk) for pk, word in request.decisions.items() if word == Decision.YES]
    rows = request.message.matches.filter(case__isnull=True)
    rows = rows.filter(pk__in=chosen) if chosen else rows.filter(band=Answered.ANSWER)
    return rows.order_by("rank").first()


def _answer(finding: Finding, passage: str) -> ShownAnswer | None:
    check, revision = finding.fact_check, finding.revision
    if check is None or revision is None:
        return None
    corrections: tuple[Revision, ...] = ()
    if check.public_state == PublicState.CORRECTED:
        rows = check.revisions.filter(kind=RevisionKind.CORRECTION).defer("body", "sources", "wordings")
        corrections = tuple(rows.order_by("-number"))
    matched = passage if len(passage) <= _SHORT else passage[: _SHORT - 1].rstrip() + "…"
    return ShownAnswer(finding, revision, shown_sources(revision), corrections, matched)


def _can_leave(status: Status) -> bool:
    """Whether anything could still be told by mail: changes of another publisher's review only if it is followed."""
    if status.standing is Standing.ANSWERED and status.answer is not None:
        review = status.answer.external_review
        return status.answer.is_own or (review is not None and SourcedReview.objects.filter(review=review).exists())
    return not status.standing.is_final
