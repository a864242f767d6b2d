"""What the buttons on the page of a case do: for each action of the table what it reads from the form and calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiemtin.checks.enums import Nature
from kiemtin.checks.exceptions import WorkError
from kiemtin.checks.models import ExternalReview, FactCheck
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest
from kiemtin.desk.case_matches import matches_between
from kiemtin.desk.forms.cases import own_words
from kiemtin.desk.queue import people_of
from kiemtin.questions.actions.answer_with_check import answer_with_check
from kiemtin.questions.actions.answer_with_review import answer_with_review
from kiemtin.questions.actions.assign import assign
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.decide_proposal import decide_proposal
from kiemtin.questions.actions.declare_conflict import declare_conflict
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.need_picture import need_picture
from kiemtin.questions.actions.note import note
from kiemtin.questions.actions.release import release
from kiemtin.questions.actions.rename import rename
from kiemtin.questions.actions.reopen import reopen
from kiemtin.questions.actions.say_nature import say_nature
from kiemtin.questions.actions.split import split
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.actions.take import take
from kiemtin.questions.actions.undo_change import undo_change
from kiemtin.questions.actions.withhold_text import withhold_text
from kiemtin.questions.exceptions import CannotWorkError, CaseChangedError
from kiemtin.questions.models import Case, CaseChange, Match, Message, Picture
from kiemtin.questions.permissions import check_may_case
from kiemtin.questions.titles import title_of

_Row = TypeVar("_Row", bound=Model)
_TEXT = 5_000
_MOST = 1_000
UNDO = "undo"
"""Beside the actions of the table: undoing is splitting, or merging, with what was remembered."""


class NoChoiceError(WorkError):
    """Something had to be chosen."""

    code = "no-choice"


@dataclass(frozen=True, slots=True)
class Done:
    """What to say, and where to go: to the case again if nowhere else."""

    text: str
    to: str = ""


Deed = Callable[[DeskRequest, Case], Done]


def typed(request: DeskRequest, name: str) -> str:
    """Return what was written into a field."""
    return request.POST.get(name, "")[:_TEXT]


def numbers(request: DeskRequest, name: str) -> list[int]:
    """Return the numbers that were chosen under a name."""
    given = [text for text in request.POST.getlist(name)[:_MOST] if text.isascii() and text.isdecimal()]
    return [int(text) for text in given if len(text) < 19]


def number(request: DeskRequest, name: str) -> int:
    """Return the one number that was chosen under a name.

    Raises
    ------
    NoChoiceError
    """
    found = numbers(request, name)
    if not found:
        raise NoChoiceError(f"no {name}")
    return found[0]


def _found(rows: QuerySet[_Row], **named: object) -> _Row:
    row = rows.filter(**named).first()
    if row is None:
        raise CaseChangedError(f"no {rows.model.__name__}")
    return row


def _take(request: DeskRequest, case: Case) -> Done:
    take(case=case, by=request.user)
    return Done(_("The case is yours."))


def _assign(request: DeskRequest, case: Case) -> Done:
    chosen = number(request, "person")
    person = next((one for one in people_of(request.desk) if one.pk == chosen), None)
    if person is None:
        raise CannotWorkError(f"person {chosen}")
    assign(case=case, person=person, by=request.user)
    return Done(_("Assigned to %(name)s.") % {"name": person.name})


def _release(request: DeskRequest, case: Case) -> Done:
    release(case=case, by=request.user)
    return Done(_("Put back: anybody may take it."))


def _declare_conflict(request: DeskRequest, case: Case) -> Done:
    declare_conflict(case=case, by=request.user, reason=typed(request, "reason"))
    return Done(_("Declared. Others work on this case."))


def _rename(request: DeskRequest, case: Case) -> Done:
    rename(case=case, by=request.user, title=typed(request, "title"))
    return Done(_("Renamed."))


def _nature(request: DeskRequest) -> Nature:
    given = request.POST.get("nature", "")
    if given not in Nature.values:
        raise NoChoiceError("no nature")
    return Nature(given)


def _say_nature(request: DeskRequest, case: Case) -> Done:
    nature = _nature(request)
    say_nature(case=case, by=request.user, nature=nature)
    if nature is Nature.FACT:
        return Done(_("A statement of fact: it can be checked."))
    return Done(_("Noted. Nobody is told before the case is closed."))


def _close(request: DeskRequest, case: Case) -> Done:
    nature = _nature(request)
    words = own_words(nature, typed(request, f"explanation-{nature}"))
    close_not_checkable(case=case, by=request.user, nature=nature, note=words)
    return Done(_("Closed without a rating. Those who asked read why."))


def _decline(request: DeskRequest, case: Case) -> Done:
    decline(case=case, by=request.user, reason=typed(request, "public_reason"))
    return Done(_("Declined. Those who asked read the reason."))


def _reopen(request: DeskRequest, case: Case) -> Done:
    reopen(case=case, by=request.user)
    return Done(_("Open again. What was not sent yet is not sent."))


def _split(request: DeskRequest, case: Case) -> Done:
    chosen = list(Message.objects.filter(pk__in=numbers(request, "message"), case=case).order_by("-asked", "pk"))
    title = typed(request, "split_title").strip() or (title_of(chosen[0].text) if chosen else "-")
    fresh = split(case=case, messages=chosen, by=request.user, title=title)
    said = ngettext("%(count)d message split off.", "%(count)d messages split off.", len(chosen))
    return Done(said % {"count": len(chosen)}, _address(request, fresh))


@transaction.atomic
def _decide(request: DeskRequest, case: Case) -> Done:
    """Yes does what follows from it once; no is said of all matches that ask the same."""
    check_may_case(Action.DECIDE_MATCH, request.user, case)
    rows = Match.objects.select_related("message__case", "fact_check", "external_review", "case")
    match = _found(rows, pk=number(request, "match"))
    if case.pk not in (match.message.case_id, match.case_id, match.case.merged_into_id if match.case else None):
        raise CaseChangedError("a match of another case")
    is_yes = request.POST.get("answer") == "yes"
    for one in matches_between(match, case) if not is_yes else [match]:
        decide_proposal(match=one, by=request.user, yes=is_yes, tell_askers="tell" in request.POST)
    if not is_yes:
        return Done(_("Noted. It is not proposed again."))
    case.refresh_from_db()
    home = case.merged_into or case
    return Done(_("Done. It can be undone below."), _address(request, home))


def _answer_with_check(request: DeskRequest, case: Case) -> Done:
    check = _found(FactCheck.objects.all(), pk=number(request, "check"))
    change = answer_with_check(case=case, fact_check=check, by=request.user)
    return Done(_("Answered. Those who asked are told now."), _address(request, change.target))


def _answer_with_review(request: DeskRequest, case: Case) -> Done:
    review = _found(ExternalReview.objects.all(), pk=number(request, "review"))
    answer_with_review(case=case, external_review=review, by=request.user)
    return Done(_("Answered. Those who asked are told now."))


def _start_draft(request: DeskRequest, case: Case) -> Done:
    check = start_draft(case=case, by=request.user)
    return Done(_("The fact-check is begun."), reverse("desk:edit", args=[request.desk.slug, check.pk]))


def _note(request: DeskRequest, case: Case) -> Done:
    note(case=case, by=request.user, text=typed(request, "text"))
    return Done(_("Noted."))


def _withhold(request: DeskRequest, case: Case) -> Done:
    chosen = _found(Message.objects.all(), pk=number(request, "withhold"), case=case)
    withhold_text(number=chosen.pk, by=request.user)
    return Done(_("Kept out of the open data for good, also of the months that are on offer."))


def _need_picture(request: DeskRequest, case: Case) -> Done:
    picture = _found(Picture.objects.defer("secret"), pk=number(request, "picture"))
    need_picture(picture=picture, case=case, by=request.user)
    return Done(_("The picture is shown, until thirty days after it was sent."))


def _undo(request: DeskRequest, case: Case) -> Done:
    change = _found(CaseChange.objects.all(), pk=number(request, "change"))
    if case.pk not in (change.source_id, change.target_id):
        raise CaseChangedError("a change of another case")
    home = undo_change(change=change, by=request.user, tell_askers="tell" in request.POST)
    return Done(_("Undone. The messages are in case %(number)d again.") % {"number": home.pk})


def _address(request: DeskRequest, case: Case) -> str:
    return reverse("desk:case", args=[request.desk.slug, case.pk])


DEEDS: dict[str, Deed] = {
    Action.TAKE: _take,
    Action.ASSIGN: _assign,
    Action.RELEASE: _release,
    Action.DECLARE_CONFLICT: _declare_conflict,
    Action.RENAME: _rename,
    Action.SAY_NATURE: _say_nature,
    Action.CLOSE_NOT_CHECKABLE: _close,
    Action.DECLINE: _decline,
    Action.REOPEN: _reopen,
    Action.SPLIT: _split,
    Action.DECIDE_MATCH: _decide,
    Action.ANSWER_WITH_CHECK: _answer_with_check,
    Action.ANSWER_WITH_REVIEW: _answer_with_review,
    Action.START_DRAFT: _start_draft,
    Action.NOTE: _note,
    Action.WITHHOLD_TEXT: _withhold,
    Action.NEED_PICTURE: _need_picture,
    UNDO: _undo,
}
"""`MERGE` has a page of its own: see `views.merging`."""
