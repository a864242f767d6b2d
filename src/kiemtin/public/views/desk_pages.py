"""What desks say about themselves: method, rating scale, ownership, policy of corrections, contact; every version."""

from __future__ import annotations

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kiemtin.accounts.enums import REQUIRED_PAGES, PageKind
from kiemtin.accounts.models import Desk, DeskPage
from kiemtin.audit.publiclog.entries import about_of, page_subject
from kiemtin.audit.publiclog.stored import places
from kiemtin.checks.enums import Outcome, Verdict
from kiemtin.checks.models import FactCheck
from kiemtin.exchange.mapping.organisation import CONTEXT, organisation
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.pages import show
from kiemtin.public.readings import pages_state

_ADDRESSES = {
    PageKind.METHOD: ("method/", "method"),
    PageKind.SCALE: ("scale/", "scale"),
    PageKind.OWNERSHIP: ("about/", "about"),
    PageKind.CORRECTIONS: ("corrections/policy/", "corrections-policy"),
    PageKind.CONTACT: ("contact/", "contact"),
}


def default_desk() -> Desk | None:
    """Return the desk whose pages stand behind the plain addresses: who takes in questions, else who publishes."""
    published = Exists(FactCheck.objects.filter(desk=OuterRef("pk"), latest__isnull=False))
    return Desk.objects.order_by("-is_intake", "is_sample", published.desc(), "pk").first()


def _desks() -> list[Desk]:
    return list(Desk.objects.order_by("-is_intake", "is_sample", "name"))


def _mark(request: HttpRequest, kind: str, slug: str = "", language: str = "", number: int = 0) -> Mark | None:
    if kind not in PageKind.values:
        return None
    desks = tuple(Desk.objects.order_by("pk").values_list("pk", "slug", "name", "is_intake", "is_sample", "contact"))
    published = FactCheck.objects.filter(latest__isnull=False).order_by().values_list("desk").distinct()
    return Mark((kind, slug, language, number, desks, pages_state(), tuple(sorted(row[0] for row in published))))


@require_safe
@by_revision(_mark)
def desk_page(request: HttpRequest, kind: str, slug: str = "", language: str = "", number: int = 0) -> HttpResponse:
    """Show what a desk says about itself, as it stands or as it stood."""
    if kind not in PageKind.values:
        raise Http404("no such page")
    desk = get_object_or_404(Desk, slug=slug) if slug else default_desk()
    versions = _versions(desk, PageKind(kind), language or get_language() or "")
    page = next((version for version in versions if number in (0, version.number)), None)
    if number and page is None:
        raise Http404("no such version")
    context = {
        "kind": PageKind(kind),
        "kinds": PageKind,
        "desk": desk,
        "desks": _desks(),
        "page": page,
        "versions": versions,
        "log_place": _log_place(page),
        "is_required": kind in REQUIRED_PAGES,
        "is_old": bool(page and number and page is not versions[0]),
        "verdicts": Verdict,
        "outcomes": Outcome,
        "organisation": {"@context": CONTEXT, **organisation(desk)} if desk else None,
    }
    template = "public/scale.html" if kind == PageKind.SCALE else "public/desk_page.html"
    # A version belongs to one language: it has no counterpart to tell search engines of.
    return show(request, template, context, translations=() if number else None)


def _log_place(page: DeskPage | None) -> int | None:
    if page is None:
        return None
    about = about_of(page_subject(page.desk.slug, page.kind, page.language), page.number)
    return places([about]).get(about)


def _versions(desk: Desk | None, kind: PageKind, language: str) -> list[DeskPage]:
    """Return the versions in a language, newest first; those in the desk's own language if there are none."""
    if desk is None:
        return []
    pages = DeskPage.objects.filter(desk=desk, kind=kind).select_related("desk").order_by("-number")
    return list(pages.filter(language=language)) or list(pages.filter(language=desk.language))


urlpatterns = [
    *(path(address, desk_page, {"kind": kind.value}, name=name) for kind, (address, name) in _ADDRESSES.items()),
    path("desks/<slug:slug>/<slug:kind>/", desk_page, name="page"),
    path("desks/<slug:slug>/<slug:kind>/<slug:language>/<int:number>/", desk_page, name="page-version"),
]
