"""Merging cases: which into which, with both before one's eyes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import ngettext

from kiemtin.checks.exceptions import NotAllowedError, WorkError
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.case_matches import first_messages, first_text, similar_cases
from kiemtin.desk.deeds import NoChoiceError, number, numbers
from kiemtin.desk.errors import sentence
from kiemtin.desk.message_parts import Part, parts_of
from kiemtin.desk.search import search_cases
from kiemtin.desk.views.queue import cases_in
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.enums import CaseState
from kiemtin.questions.models import Case
from kiemtin.questions.outcomes import DECIDED

_FOUND = 8
_SEARCHED = 300  # characters


@dataclass(frozen=True, slots=True)
class Choice:
    """A case that may take in the others, with its most asked message.

    Attributes
    ----------
    is_decided
        Whether those who asked would get its outcome.
    """

    case: Case
    parts: tuple[Part, ...]
    is_decided: bool


@desk_view(Action.MERGE)
def merging(request: DeskRequest) -> HttpResponse:
    """Choose the case that takes in the given ones, among them or found by number or words; a POST merges.

    All or none: if one of several cannot be merged, the others stay where they are.
    """
    if request.method != "POST":
        return _page(request, cases_in(request, request.GET))
    cases = cases_in(request, request.POST)
    try:
        target = _merge(request, cases)
    except NotAllowedError:
        raise
    except WorkError as error:
        return _page(request, cases, error=sentence(error))
    merged = len([case for case in cases if case.pk != target.pk])
    said = ngettext("%(count)d case merged into this one.", "%(count)d cases merged into this one.", merged)
    messages.success(request, said % {"count": merged})
    return redirect("desk:case", request.desk.slug, target.pk)


@transaction.atomic
def _merge(request: DeskRequest, cases: list[Case]) -> Case:
    chosen = number(request, "target")
    target = Case.objects.filter(pk=chosen, desk=request.desk).first()
    sources = [case for case in cases if case.pk != chosen]
    if target is None or not sources:
        raise NoChoiceError("nothing to merge")
    for source in sources:
        merge(source=source, target=target, by=request.user, tell_askers="tell" in request.POST)
    return target


def _page(request: DeskRequest, cases: list[Case], *, error: str = "") -> HttpResponse:
    if not cases:
        raise Http404("no cases to merge")
    q = (request.POST if request.method == "POST" else request.GET).get("q", "")[:_SEARCHED].strip()
    found = _found(request, cases, q)
    picked = numbers(request, "target")[:1]
    within = cases if len(cases) > 1 else []
    context = {
        "nav": "queue",
        "cases": cases,
        "q_target": q,
        "within": _choices(within),
        "found": _choices(found),
        "sources": _choices(cases) if not within else [],
        "picked": picked[0] if picked else (cases[0].pk if within else None),
        "may_tell": request.may(Action.ANSWER_WITH_CHECK, state=CaseState.OPEN),
        "any_decided": any(case.state in DECIDED for case in [*within, *found]),
        "error": error,
        "told": "tell" in request.POST,
    }
    return render(request, "desk/merge.html", context, status=422 if error else 200)


def _found(request: DeskRequest, cases: list[Case], q: str) -> list[Case]:
    """Return cases by what was searched; without a search those that may be the same as the one to merge."""
    standing = Case.objects.filter(desk=request.desk).exclude(state=CaseState.MERGED)
    standing = standing.exclude(pk__in=[case.pk for case in cases])
    if not q and len(cases) > 1:
        return []
    hits = search_cases(q or first_text(cases[0])[:_SEARCHED])
    found = list(standing.filter(hits.condition).order_by(hits.order, "-asked")[:_FOUND])
    if q:
        return found
    asked = list(standing.filter(pk__in=similar_cases(cases[0])))
    return list({case.pk: case for case in [*asked, *found]}.values())[:_FOUND]


def _choices(cases: Iterable[Case]) -> list[Choice]:
    rows = list(cases)
    first = first_messages(*(case.pk for case in rows)) if rows else {}
    return [
        Choice(case, parts_of(first[case.pk].text) if case.pk in first else (), case.state in DECIDED) for case in rows
    ]


urlpatterns = [path("cases/merge/", merging, name="merge")]
