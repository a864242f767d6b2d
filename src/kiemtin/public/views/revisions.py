"""What a check said before: every revision stays public, and so does what changed between two of them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from kiemtin.audit.publiclog.entries import about_of
from kiemtin.audit.publiclog.stored import places
from kiemtin.checks import published
from kiemtin.checks.diff import revision_diff
from kiemtin.checks.enums import RevisionKind
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.public.addresses import check_path, own_language
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.pages import show
from kiemtin.public.views.check import check_context, fact_check_or_404, mark_of


def _mark(request: HttpRequest, pk: int, **numbers: int) -> Mark:
    return mark_of(fact_check_or_404(pk))


@require_safe
@by_revision(_mark)
def revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """List all revisions of a check, newest first."""
    fact_check = fact_check_or_404(pk)
    rows = published.revisions(fact_check).defer("body", "sources", "wordings")
    logged = places(about_of(f"check/{pk}", row.number) for row in rows)
    versions = [(row, logged.get(about_of(f"check/{pk}", row.number))) for row in rows]
    return _show(request, "public/revisions.html", fact_check, {"check": fact_check, "versions": versions})


@require_safe
@by_revision(_mark)
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a revision as it was published."""
    fact_check = fact_check_or_404(pk)
    shown = _revision_or_404(fact_check, number)
    about = about_of(f"check/{pk}", number)
    context = {
        **check_context(fact_check, shown),
        "log_place": places([about]).get(about),
        "is_latest": shown.pk == fact_check.latest_id,
        "is_withdrawal": shown.kind == RevisionKind.WITHDRAWAL,
    }
    return _show(request, "public/revision.html", fact_check, context)


@require_safe
@by_revision(_mark)
def changed(request: HttpRequest, pk: int, old: int, new: int) -> HttpResponse:
    """Show what changed from one revision to a later one."""
    if old >= new:
        raise Http404("the older revision comes first")
    fact_check = fact_check_or_404(pk)
    before, after = _revision_or_404(fact_check, old), _revision_or_404(fact_check, new)
    changes = revision_diff(before, after, is_public=True)
    context = {"check": fact_check, "before": before, "after": after, "changes": changes}
    return _show(request, "public/changed.html", fact_check, context)


def _revision_or_404(fact_check: FactCheck, number: int) -> Revision:
    try:
        return published.revisions(fact_check).get(number=number)
    except Revision.DoesNotExist:
        raise Http404("no such revision") from None


def _show(request: HttpRequest, template: str, fact_check: FactCheck, context: dict[str, object]) -> HttpResponse:
    """Answer with a page that search engines take for the check's own."""
    canonical = check_path(fact_check, own_language(fact_check))
    return show(request, template, context, canonical=canonical, translations=())


urlpatterns = [
    path("checks/<int:pk>/revisions/", revisions, name="check-revisions"),
    path("checks/<int:pk>/revisions/<int:number>/", revision, name="revision"),
    path("checks/<int:pk>/revisions/<int:old>-<int:new>/", changed, name="changed"),
]
