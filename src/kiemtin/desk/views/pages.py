"""The pages that a desk writes about itself: method, rating scale, who owns it, corrections, contact."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiemtin.accounts.enums import REQUIRED_PAGES, PageKind
from kiemtin.accounts.models import DeskPage
from kiemtin.checks.completeness import desk_gaps
from kiemtin.checks.exceptions import EmptyTextError, StaleVersionError
from kiemtin.checks.markup import to_html
from kiemtin.checks.word_diff import elided, word_diff
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.forms.pages import WHAT_BELONGS, PageForm
from kiemtin.staff.actions.write_page import write_page

_LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Row:
    """A page in a language: its current version, if there is one."""

    kind: PageKind
    page: DeskPage | None
    is_required: bool


@desk_view(Action.WRITE_PAGES)
def pages(request: DeskRequest) -> HttpResponse:
    """Show which pages there are in each language, and which are still needed before anything is published."""
    current = {(page.kind, page.language): page for page in _current(request)}
    languages = []
    for code, name in _ordered_languages(request):
        rows = [Row(kind, current.get((kind, code)), kind in REQUIRED_PAGES) for kind in PageKind]
        languages.append({"code": code, "name": name, "rows": rows, "gaps": _labels(request, code)})
    return render(request, "desk/pages.html", {"nav": "pages", "languages": languages})


@desk_view(Action.WRITE_PAGES)
def page(request: DeskRequest, kind: str, language: str) -> HttpResponse:
    """Write a page; somebody else's version of the meantime is shown, never written over."""
    _check_names(kind, language)
    versions = list(_versions(request, kind, language))
    current = versions[0] if versions else None
    number = current.number if current else 0
    initial = {"body": current.body if current else "", "number": number}
    form = PageForm(request.POST or None, initial=initial)
    context: dict[str, object] = {
        "nav": "pages",
        "kind": PageKind(kind),
        "language": language,
        "language_name": _LANGUAGES[language],
        "versions": versions,
        "current": current,
        "belongs": WHAT_BELONGS[PageKind(kind)],
        "is_required": PageKind(kind) in REQUIRED_PAGES,
        "other_languages": [(code, name) for code, name in settings.LANGUAGES if code != language],
    }
    if request.method == "POST" and form.is_valid() and "preview" not in request.POST:
        try:
            return _saved(request, kind, language, form)
        except StaleVersionError as error:
            context |= _met(request, form, kind, language)
            form.add_error(None, sentence(error))
        except EmptyTextError as error:
            form.add_error("body", sentence(error))
    context |= {"form": form, "preview": to_html(str(form["body"].value() or ""))}
    return render(request, "desk/page.html", context, status=422 if form.errors else 200)


@require_POST
@desk_view(Action.WRITE_PAGES)
def preview(request: DeskRequest) -> HttpResponse:
    """Return a text as readers will see it."""
    return HttpResponse(to_html(request.POST.get("body", "")[:100_000]))


@desk_view(Action.WRITE_PAGES)
def version(request: DeskRequest, kind: str, language: str, number: int) -> HttpResponse:
    """Show one version, and what it changed."""
    _check_names(kind, language)
    shown = get_object_or_404(_versions(request, kind, language), number=number)
    before = _versions(request, kind, language).filter(number=number - 1).first()
    context = {
        "nav": "pages",
        "kind": PageKind(kind),
        "language": language,
        "language_name": _LANGUAGES[language],
        "shown": shown,
        "html": to_html(shown.body),
        "diff": elided(word_diff(before.body, shown.body)) if before else (),
    }
    return render(request, "desk/page_version.html", context)


def _saved(request: DeskRequest, kind: str, language: str, form: PageForm) -> HttpResponse:
    write_page(
        desk=request.desk,
        kind=kind,
        language=language,
        body=form.cleaned_data["body"],
        by=request.user,
        expected_number=form.cleaned_data["number"],
    )
    missing = _labels(request, language)
    if missing:
        text = _("Saved and published. Still needed before fact-checks can be published: %(pages)s.")
        messages.success(request, text % {"pages": ", ".join(missing)})
    else:
        messages.success(request, _("Saved and published."))
    return redirect("desk:page", request.desk.slug, kind, language)


def _met(request: DeskRequest, form: PageForm, kind: str, language: str) -> dict[str, object]:
    """Return what shows the other's version beside one's own; saving again then means: having seen it."""
    theirs = _versions(request, kind, language).first()
    if theirs is None:
        return {}
    form.data = {"body": form.cleaned_data["body"], "number": str(theirs.number)}
    return {"theirs": theirs, "diff": elided(word_diff(theirs.body, form.cleaned_data["body"]))}


def _versions(request: DeskRequest, kind: str, language: str) -> QuerySet[DeskPage]:
    return DeskPage.objects.filter(desk=request.desk, kind=kind, language=language).select_related("by")


def _current(request: DeskRequest) -> list[DeskPage]:
    """Return the newest version of each page (a handful of pages with a handful of versions: chosen here)."""
    newest: dict[tuple[str, str], DeskPage] = {}
    for found in DeskPage.objects.filter(desk=request.desk).select_related("by").defer("body").order_by("number"):
        newest[found.kind, found.language] = found
    return list(newest.values())


def _ordered_languages(request: DeskRequest) -> list[tuple[str, object]]:
    """Return the languages, the desk's own first."""
    return sorted(_LANGUAGES.items(), key=lambda item: item[0] != request.desk.language)


def _labels(request: DeskRequest, language: str) -> list[str]:
    return [str(PageKind(kind).label) for kind in desk_gaps(request.desk, language)]


def _check_names(kind: str, language: str) -> None:
    if kind not in PageKind.values or language not in _LANGUAGES:
        raise Http404("no such page")


urlpatterns = [
    path("pages/", pages, name="pages"),
    path("pages/preview/", preview, name="page-preview"),
    path("pages/<slug:kind>/<slug:language>/", page, name="page"),
    path("pages/<slug:kind>/<slug:language>/<int:number>/", version, name="page-version"),
]
