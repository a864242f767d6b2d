"""The page of a case, and what is done to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from kiemtin.checks.exceptions import NotAllowedError, WorkError
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.case_matches import look_up
from kiemtin.desk.case_page import common_of, page_of
from kiemtin.desk.deeds import DEEDS, typed
from kiemtin.desk.errors import sentence
from kiemtin.media.pictures import Opened
from kiemtin.questions.exceptions import CaseChangedError, UnreadablePictureError
from kiemtin.questions.models import Case, Picture
from kiemtin.questions.secrets import unseal_picture

_SEARCHED = 500  # characters


def case_of(request: DeskRequest, pk: int) -> Case:
    """Return a case of this desk; others are not there."""
    related = ("desk", "assignee", "merged_into", "external_review", "fact_check__latest")
    return get_object_or_404(Case.objects.select_related(*related), pk=pk, desk=request.desk)


@desk_view(Action.READ_CASE)
def case(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one case. With `?find=` also what is published about some words; to htmx only that."""
    row = case_of(request, pk)
    find = request.GET.get("find", "")[:_SEARCHED].strip()
    found = {"find": find, "found": look_up(find) if find else []}
    if request.htmx and request.htmx.target == "found":
        return render(request, "desk/partials/case_found.html", common_of(request, row) | found)
    return render(request, "desk/case.html", page_of(request, row) | found)


@require_POST
@desk_view(Action.READ_CASE)
def act(request: DeskRequest, pk: int, action: str) -> HttpResponse:
    """Do something to a case. What cannot be done is said where it was tried, with all that was typed."""
    row = case_of(request, pk)
    deed = DEEDS.get(action)
    if deed is None:
        raise Http404("no such action")
    try:
        done = deed(request, row)
    except NotAllowedError:
        raise
    except CaseChangedError as error:  # where it was tried there may be nothing left to say it at
        messages.error(request, sentence(error))
        return redirect("desk:case", request.desk.slug, pk)
    except WorkError as error:
        failed = {"failed": action, "error": sentence(error), "typed": request.POST, "chosen": _chosen(request)}
        failed["typed_explanation"] = typed(request, f"explanation-{request.POST.get('nature', '')}")
        return render(request, "desk/case.html", page_of(request, case_of(request, pk)) | failed, status=422)
    messages.success(request, done.text)
    return redirect(done.to) if done.to else redirect("desk:case", request.desk.slug, pk)


@require_safe
@desk_view(Action.READ_CASE)
def picture(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """Give a picture that a checker of the case has said is needed."""
    rows = Picture.objects.exclude(secret=b"").filter(request__message__case=case_of(request, pk))
    found = get_object_or_404(rows, pk=number, needed__isnull=False)
    try:
        data = unseal_picture(bytes(found.secret))
    except UnreadablePictureError:
        raise Http404("unreadable") from None
    return HttpResponse(data, content_type=Opened.media_type, headers={"Cache-Control": "no-store"})


def _chosen(request: DeskRequest) -> set[str]:
    """Return the messages that were ticked, so that they stay ticked."""
    return set(request.POST.getlist("message"))


urlpatterns = [
    path("cases/<int:pk>/", case, name="case"),
    path("cases/<int:pk>/pictures/<int:number>.webp", picture, name="case-picture"),
    path("cases/<int:pk>/<slug:action>/", act, name="case-act"),
]
