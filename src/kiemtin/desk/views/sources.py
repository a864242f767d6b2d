"""Other publishers whose reviews answer here too: chosen and named by editors."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiemtin.checks.exceptions import NotAllowedError, WorkError
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.forms.sources import SourceForm
from kiemtin.exchange.actions.add_source import add_source
from kiemtin.exchange.actions.edit_source import edit_source
from kiemtin.exchange.actions.end_source import end_source
from kiemtin.exchange.actions.pause_source import pause_source
from kiemtin.exchange.actions.request_fetch import request_fetch
from kiemtin.exchange.models import ReviewSource, SourcePage
from kiemtin.exchange.outcome_text import outcome_sentences
from kiemtin.exchange.sources import Outcome, SourceState
from kiemtin.staff.actions.open_links import open_links

_PAGES_SHOWN = 20
_FIELD_OF = {"source-address": "address", "source-own": "address", "source-exists": "address"}
_FIELD_OF |= {"source-too-often": "every"}
_BAD = frozenset({Outcome.FAILED, Outcome.UNREADABLE})
_UNSURE = frozenset({Outcome.PARTLY, Outcome.DOUBTFUL})


@dataclass(frozen=True, slots=True)
class Row:
    """A source, and what came of the last look at it."""

    source: ReviewSource
    sentences: list[str]

    @property
    def mark(self) -> str:
        """How its state looks: paused, ended, busy, bad, unsure, new or good."""
        if self.source.state != SourceState.ACTIVE:
            return str(self.source.state)
        if self.source.lease is not None:
            return "busy"
        if self.source.outcome in _BAD:
            return "bad"
        if self.source.outcome in _UNSURE:
            return "unsure"
        return "good" if self.source.outcome else "new"


@desk_view(Action.FOLLOW_SOURCES)
def sources(request: DeskRequest) -> HttpResponse:
    """List the desk's sources, what is wrong first."""
    rows = [Row(source, outcome_sentences(source)) for source in _sources(request)]
    order = ("bad", "unsure", "busy", "new", "good", "paused", "ended")
    rows.sort(key=lambda row: (order.index(row.mark), row.source.name.casefold()))
    return render(request, "desk/sources.html", {"nav": "sources", "rows": rows})


@desk_view(Action.FOLLOW_SOURCES)
def add(request: DeskRequest) -> HttpResponse:
    """Follow another source."""
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            source = add_source(desk=request.desk, content=form.content(), by=request.user)
        except NotAllowedError:
            raise
        except WorkError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Added. It is being fetched for the first time."))
            return redirect("desk:source", request.desk.slug, source.pk)
    context = {"nav": "sources", "form": form}
    return render(request, "desk/source_add.html", context, status=422 if form.errors else 200)


@desk_view(Action.FOLLOW_SOURCES)
def source(request: DeskRequest, pk: int) -> HttpResponse:
    """Show a source, and change what is said of it."""
    found = get_object_or_404(_sources(request), pk=pk)
    form = SourceForm(request.POST or None, initial=SourceForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            edit_source(source=found, content=form.content(), by=request.user)
        except NotAllowedError:
            raise
        except WorkError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:source", request.desk.slug, pk)
    pages = SourcePage.objects.filter(source=found)
    context = {
        "nav": "sources",
        "form": form,
        "row": Row(found, outcome_sentences(found)),
        "pages_count": pages.count(),
        "failed_pages": pages.exclude(failure="").order_by("-read")[:_PAGES_SHOWN],
    }
    return render(request, "desk/source.html", context, status=422 if form.errors else 200)


@require_POST
@desk_view(Action.OPEN_LINKS)
def links(request: DeskRequest) -> HttpResponse:
    """Have links that are asked about opened, or no longer."""
    desk = open_links(desk=request.desk, by=request.user, is_wanted=request.POST.get("open") == "yes")
    if desk.opens_links:
        messages.success(request, _("Links that come to the desk from now on are opened, once each."))
    else:
        messages.success(request, _("No link is opened any more. What was read stays with its case."))
    return redirect("desk:sources", request.desk.slug)


@require_POST
@desk_view(Action.FOLLOW_SOURCES)
def fetch(request: DeskRequest, pk: int) -> HttpResponse:
    """Have it looked at now."""
    try:
        request_fetch(source=get_object_or_404(_sources(request), pk=pk), by=request.user)
    except NotAllowedError:
        raise
    except WorkError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("It is fetched now. Look again in a moment."))
    return redirect("desk:source", request.desk.slug, pk)


@require_POST
@desk_view(Action.FOLLOW_SOURCES)
def pause(request: DeskRequest, pk: int) -> HttpResponse:
    """Pause it, or go on."""
    is_paused = request.POST.get("pause") == "yes"
    pause_source(source=get_object_or_404(_sources(request), pk=pk), by=request.user, is_paused=is_paused)
    if is_paused:
        messages.success(request, _("Paused. Its reviews stay as they are and are not followed meanwhile."))
    else:
        messages.success(request, _("It is looked at again."))
    return redirect("desk:source", request.desk.slug, pk)


@require_POST
@desk_view(Action.FOLLOW_SOURCES)
def end(request: DeskRequest, pk: int) -> HttpResponse:
    """Follow it no longer."""
    end_source(source=get_object_or_404(_sources(request), pk=pk), by=request.user)
    messages.success(request, _("No longer followed. Its reviews are taken out of the answers now."))
    return redirect("desk:source", request.desk.slug, pk)


def _sources(request: DeskRequest) -> QuerySet[ReviewSource]:
    standing = Count("reviews", filter=Q(reviews__is_gone=False))
    return ReviewSource.objects.filter(desk=request.desk).annotate(
        standing=standing, gone=Count("reviews", filter=Q(reviews__is_gone=True))
    )


def _refuse(form: SourceForm, error: WorkError) -> None:
    form.add_error(_FIELD_OF.get(error.code) or str(error.params.get("field") or "") or None, sentence(error))


urlpatterns = [
    path("sources/", sources, name="sources"),
    path("sources/add/", add, name="source-add"),
    path("sources/links/", links, name="open-links"),
    path("sources/<int:pk>/", source, name="source"),
    path("sources/<int:pk>/fetch/", fetch, name="source-fetch"),
    path("sources/<int:pk>/pause/", pause, name="source-pause"),
    path("sources/<int:pk>/end/", end, name="source-end"),
]
