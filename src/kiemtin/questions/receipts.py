"""What the holder of a receipt code sees: where the question stands, and the answer when it is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.enums import RevisionKind
from kiemtin.checks.models import Revision
from kiemtin.matching.finding import Finding
from kiemtin.matching.stock import Stock
from kiemtin.questions.answers import (
    CaseSays,
    Choice,
    judge,
    matches_of,
    said_by_case,
    said_by_check,
    standing_case,
)
from kiemtin.questions.codes import parse_code, shown_code
from kiemtin.questions.enums import Answered, CaseState, Decider, Decision
from kiemtin.questions.explanations import explanation
from kiemtin.questions.models import Case, Match, Request
from kiemtin.questions.refusals import UnknownCodeError


class Standing(TextChoices):
    """Where a question stands, in one word."""

    RECEIVED = "received", _("Received")
    ASKED_BACK = "asked-back", _("Waiting for your choice")
    AT_DESK = "at-desk", _("Waiting for a fact-checker")
    IN_PROGRESS = "in-progress", _("Being checked")
    IN_REVIEW = "in-review", _("Being reviewed by an editor")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Answer withdrawn")
    NOT_CHECKABLE = "not-checkable", _("Not checkable")
    DECLINED = "declined", _("Declined")

    @property
    def is_final(self) -> bool:
        """Whether nothing more is expected to come."""
        return self in _FINAL


_FINAL = frozenset({Standing.ANSWERED, Standing.WITHDRAWN, Standing.NOT_CHECKABLE, Standing.DECLINED})
_ROAD = (Standing.RECEIVED, Standing.AT_DESK, Standing.IN_PROGRESS, Standing.IN_REVIEW, Standing.ANSWERED)
_OF_CASE = {
    CaseState.OPEN: Standing.AT_DESK,
    CaseState.IN_PROGRESS: Standing.IN_PROGRESS,
    CaseState.IN_REVIEW: Standing.IN_REVIEW,
}


class Progress(TextChoices):
    """How far a step of the timeline is."""

    DONE = "done", _("Done")
    NOW = "now", _("Now")
    TO_COME = "to-come", _("To come")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the timeline; `at` is None where it is to come or its time is not known."""

    standing: Standing
    progress: Progress
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """Where a question stands. Nothing in it is of another asker.

    Attributes
    ----------
    request, code
        The request, and its code as it is shown.
    standing, steps
        In one word, and as a timeline.
    answer
        What answers it, if it stands.
    is_own_choice
        Whether the asker chose it themselves from what they were asked back about.
    news
        Corrections published since the asker was last shown the answer, oldest first.
    withdrawn
        The revision that says why the answer was withdrawn; None with standing `withdrawn` means that another
        publisher's review is no longer given.
    explanation, public_reason
        Why it was closed as not checkable, or declined.
    choices
        What the asker can still say yes or no to.
    guards
        What held an answer back, by code.
    is_lost
        Whether a review that the asker was shown is no longer given, and the desk looks for another answer.
    """

    request: Request
    code: str
    standing: Standing
    steps: tuple[Step, ...]
    answer: Finding | None = None
    is_own_choice: bool = False
    news: tuple[Revision, ...] = ()
    withdrawn: Revision | None = None
    explanation: str = ""
    public_reason: str = ""
    choices: tuple[Choice, ...] = ()
    guards: tuple[str, ...] = ()
    is_lost: bool = False

    @property
    def is_corrected(self) -> bool:
        """Whether the answer was corrected since the asker saw it."""
        return bool(self.news)


def request_of(typed: str) -> Request:
    """Return the request of a receipt code as somebody typed it, with its message and case.

    Raises
    ------
    UnknownCodeError
        There is none.
    """
    code = parse_code(typed)
    # Not by `first`: to order what is one row at most takes longer than to find it, with so many columns.
    found = next(iter(_with_case().filter(code=code)), None) if code else None
    if found is None:
        raise UnknownCodeError("unknown receipt code")
    return found


def status_of(request: Request, *, is_fresh: bool = False) -> Status:
    """Return where a question stands, in the active language. Reads only.

    Parameters
    ----------
    is_fresh
        Whether the request comes from `request_of` just now: then it is not read again.
    """
    row = request if is_fresh else _with_case().get(pk=request.pk)
    case = standing_case(row.message.case)
    says = said_by_case(case) or _said_before(row)
    # The case waits for another answer: there is more to come than that this one is gone.
    is_lost = says is not None and says.is_gone and case is not None and case.state != CaseState.PUBLISHED
    says = None if is_lost else says
    choices = () if says else _open_choices(row)
    standing = _standing(case, says, choices)
    is_not_checkable = case is not None and standing is Standing.NOT_CHECKABLE
    return Status(
        request=row,
        code=shown_code(row.code),
        standing=standing,
        steps=_steps(row, case, standing, says),
        answer=says.answer if says else None,
        is_own_choice=Decision.YES in row.decisions.values(),
        news=_news(row) if says and says.answer else (),
        withdrawn=says.withdrawn if says else None,
        explanation=explanation(case) if case is not None and is_not_checkable else "",
        public_reason=case.public_reason if case is not None and standing is Standing.DECLINED else "",
        choices=choices,
        guards=tuple(row.message.guards) if not says else (),
        is_lost=is_lost,
    )


def _with_case() -> QuerySet[Request]:
    """Return requests with what every status needs. What answers it is fetched where there is an answer."""
    return Request.objects.select_related("message__case")


def _said_before(request: Request) -> CaseSays | None:
    """Return what the asker was shown at once or chose, as it stands now; not what the desk has said no to since."""
    if _is_taken_back(request):
        return None
    if request.shown is not None:
        return said_by_check(request.shown.fact_check)
    review = request.shown_review
    if review is None:
        return None
    answer = Stock.of([(review.key, review.work)]).find(review.key, review.work)
    return CaseSays(answer=answer, is_gone=answer is None)


def _is_taken_back(request: Request) -> bool:
    """Whether the desk split the message off the case of what the asker was shown: it is looked at anew."""
    if request.message.case_id is None or (request.shown is None and request.shown_review_id is None):
        return False
    refused = Match.objects.filter(message=request.message_id, decision=Decision.NO, decider=Decider.DESK)
    if request.shown is not None:
        return refused.filter(fact_check=request.shown.fact_check_id).exists()
    return refused.filter(external_review=request.shown_review_id).exists()


def _open_choices(request: Request) -> tuple[Choice, ...]:
    message = request.message
    if message.band == Answered.NONE:
        return ()
    said = judge(message.band, matches_of(message))
    if said.band is not Answered.MAYBE:
        return ()
    return tuple(choice for choice in said.choices if str(choice.match.pk) not in request.decisions)


def _standing(case: Case | None, says: CaseSays | None, choices: tuple[Choice, ...]) -> Standing:
    if says is not None:
        if says.outcome:
            return Standing(says.outcome)
        return Standing.ANSWERED if says.answer is not None else Standing.WITHDRAWN
    if case is not None:
        return _OF_CASE[CaseState(case.state)]
    return Standing.ASKED_BACK if choices else Standing.RECEIVED


def _steps(request: Request, case: Case | None, standing: Standing, says: CaseSays | None) -> tuple[Step, ...]:
    """Return the way of a question: all of it while it is under way, what happened once it is at its end."""
    received = Step(Standing.RECEIVED, Progress.DONE, request.at)
    if says is not None:
        end = Step(standing, Progress.DONE, _ended(request, case, says))
        if case is None or not _speaks(case):
            return (received, end)
        return (received, Step(Standing.AT_DESK, Progress.DONE, _reached(request, case)), end)
    road = _ROAD if standing is not Standing.ASKED_BACK else (Standing.RECEIVED, Standing.ASKED_BACK, *_ROAD[1:])
    here = road.index(standing)
    return tuple(Step(one, _progress(at, here), _time_of(request, case, one, standing)) for at, one in enumerate(road))


def _progress(at: int, here: int) -> Progress:
    if at == here:
        return Progress.NOW
    return Progress.DONE if at < here else Progress.TO_COME


def _time_of(request: Request, case: Case | None, step: Standing, standing: Standing) -> dt.datetime | None:
    if step is Standing.RECEIVED:
        return request.at
    if case is None:
        return None
    if step is Standing.AT_DESK:
        return _reached(request, case)
    return max(case.state_since, request.at) if step is standing else None


def _reached(request: Request, case: Case | None) -> dt.datetime | None:
    return max(case.opened, request.at) if case is not None else None


def _speaks(case: Case) -> bool:
    """Whether it is the case that says something, and not an earlier answer."""
    return case.state in (CaseState.PUBLISHED, CaseState.NOT_CHECKABLE, CaseState.DECLINED)


def _ended(request: Request, case: Case | None, says: CaseSays) -> dt.datetime | None:
    if says.withdrawn is not None:
        return says.withdrawn.at
    if case is not None and _speaks(case):
        return max(case.state_since, request.at)
    return request.at if says.answer is not None else None


def _news(request: Request) -> tuple[Revision, ...]:
    shown = request.shown
    if shown is None or shown.fact_check.latest is None or shown.fact_check.latest.number <= shown.number:
        return ()
    later = shown.fact_check.revisions.filter(number__gt=shown.number, kind=RevisionKind.CORRECTION)
    return tuple(later.order_by("number"))
