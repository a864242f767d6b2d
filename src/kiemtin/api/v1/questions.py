"""Asking, as on the web: the same limits, the same masking, the same answers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext_noop as _
from ninja import P, PathEx, Router
from ninja.responses import Status as Coded

from kiemtin.accounts.enums import Scope
from kiemtin.api.call import Call, address_of, call_of, count
from kiemtin.api.faults import ApiError, Wrong
from kiemtin.api.v1 import findings, schemas
from kiemtin.api.wording import told
from kiemtin.checks.models import Revision
from kiemtin.matching.ask import Guard
from kiemtin.matching.labels import GUARD_SENTENCES
from kiemtin.matching.live import live_library
from kiemtin.questions.actions.ask import ask
from kiemtin.questions.actions.decide_match import decide_match, decline_matches
from kiemtin.questions.actions.note_shown import note_shown
from kiemtin.questions.asker import asker_of
from kiemtin.questions.enums import Answered, Decision
from kiemtin.questions.limits import ASKING, ASKING_BY_TOKEN, LOOKING_UP, network_of
from kiemtin.questions.models import Match, Request
from kiemtin.questions.receipts import Status, Step, request_of, status_of
from kiemtin.questions.refusals import UnknownCodeError

router = Router(tags=["questions"])

Code = PathEx[str, P(min_length=1, max_length=64, description=_("The receipt code."))]


@router.post(
    "/questions",
    response={201: schemas.Question, 200: schemas.Question},
    **told(
        _("Ask about a message"),
        _(
            "Answers at once (band answer), asks back (band maybe) or takes the question to the desk (band none). "
            "With a token of scope ask, every question is of an asker of its own; without, who asks the same again "
            "on a day gets the same receipt (200)."
        ),
    ),
)
def ask_message(request: HttpRequest, response: HttpResponse, body: schemas.QuestionIn) -> Coded[schemas.Question]:
    """Take a question and answer it as far as that can be done at once."""
    call = call_of(request)
    asker = _count_question(call)
    language = body.language or get_language() or ""
    with override(language):
        asked = ask(text=body.text, channel="api", language=language, asker=asker, library=live_library())
        question = _question(status_of(asked.request))
    response["Location"] = reverse("api-v1:question", args=[asked.request.code])
    return Coded(200 if asked.is_repeat else 201, question)


@router.get(
    "/questions/{code}",
    response=schemas.Question,
    url_name="question",
    **told(_("See where a question stands"), _("Whoever holds the receipt code sees the answer.")),
)
def get_question(request: HttpRequest, code: Code) -> schemas.Question:
    """Return where a question stands, and note that its asker has seen the answer."""
    asked = _asked(call_of(request), code)
    status = status_of(asked, is_fresh=True)
    if status.answer is not None:
        note_shown(request=asked, answer=status.answer)
    return _question(status)


@router.post(
    "/questions/{code}/choice",
    response=schemas.Question,
    **told(_("Say yes or no to a choice"), _("A yes makes it the answer. No to all of them goes to the desk.")),
)
def choose(request: HttpRequest, code: Code, body: schemas.ChoiceIn) -> schemas.Question:
    """Take the asker's word on what they were asked back about."""
    asked = _asked(call_of(request), code)
    if body.answer is Decision.NO and body.match is None:
        decline_matches(request=asked)
    elif body.answer is Decision.YES and body.match is None:
        raise ApiError(
            "invalid", wrong=(Wrong("/match", "missing", gettext_lazy("This must be given."), in_body=True),)
        )
    elif body.answer is not Decision.OPEN:
        decide_match(request=asked, match=Match(pk=body.match), decision=body.answer)
    return _question(status_of(asked))


def _count_question(call: Call) -> str:
    """Count a question; return who asks, as far as one asker is told from another. Through what stands nowhere."""
    token = call.token
    if token is not None and token.has(Scope.ASK):
        count(call, *ASKING_BY_TOKEN, subject=token.actor)
        return ""
    address = address_of(call)
    count(call, *ASKING, subject=network_of(address))
    return asker_of(address=address, agent=call.headers.get("User-Agent", ""))


def _asked(call: Call, code: str) -> Request:
    """Return the question of a code; unknown codes can be tried a limited number of times."""
    try:
        return request_of(code)
    except UnknownCodeError:
        count(call, *LOOKING_UP, subject=network_of(address_of(call)))
        raise


def _question(status: Status) -> schemas.Question:
    request, standing = status.request, status.standing
    return schemas.Question(
        code=status.code,
        url=f"{settings.KIEMTIN_ADDRESS}/r/{request.code}",
        asked=request.at,
        language=request.language,
        band=_band(status),
        standing=standing,
        label=str(standing.label),
        is_final=standing.is_final,
        answer=findings.finding(status.answer) if status.answer is not None else None,
        is_own_choice=status.is_own_choice,
        choices=[schemas.Choice(match=one.match.pk, finding=findings.finding(one.finding)) for one in status.choices],
        guards=[schemas.Guard(code=code, sentence=str(GUARD_SENTENCES[Guard(code)])) for code in status.guards],
        steps=[_step(step) for step in status.steps],
        corrections=[findings.correction(one) for one in status.news],
        withdrawn=_note(status.withdrawn),
        explanation=status.explanation,
        public_reason=status.public_reason,
    )


def _band(status: Status) -> Answered:
    if status.answer is not None:
        return Answered.ANSWER
    return Answered.MAYBE if status.choices else Answered.NONE


def _step(step: Step) -> schemas.Step:
    return schemas.Step(standing=step.standing, label=str(step.standing.label), progress=step.progress, at=step.at)


def _note(revision: Revision | None) -> schemas.Correction | None:
    return findings.correction(revision) if revision is not None else None
