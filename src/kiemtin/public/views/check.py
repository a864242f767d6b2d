"""A check's page."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kiemtin.accounts.models import DeskPage
from kiemtin.checks.copies import stored_copies
from kiemtin.checks.enums import PublicState, RevisionKind
from kiemtin.checks.models import FactCheck, Revision, StoredCopy
from kiemtin.checks.published import revisions, translations, with_pages
from kiemtin.checks.shown import shown_sources
from kiemtin.exchange.mapping.media_review import media_review
from kiemtin.exchange.mapping.own_review import claim_review
from kiemtin.public.addresses import check_path, own_language, slug_of
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.oembed import frame
from kiemtin.public.pages import LANGUAGES, Alternate, alternate, show
from kiemtin.public.readings import related_to

# What its desk wrote last about itself: the page names the desk's policies.
_LAST_COPY = Subquery(StoredCopy.objects.filter(fact_check=OuterRef("pk")).order_by("-changed").values("changed")[:1])
_LAST_PAGE = Subquery(DeskPage.objects.filter(desk=OuterRef("desk")).order_by("-pk").values("pk")[:1])


def fact_check_or_404(pk: int) -> FactCheck:
    """Return a check that has a page."""
    try:
        return with_pages().annotate(desk_pages=_LAST_PAGE, last_copy=_LAST_COPY).get(pk=pk)
    except FactCheck.DoesNotExist:
        raise Http404("no such check") from None


def mark_of(fact_check: FactCheck) -> Mark:
    """Follow the check, its versions in other languages, and the desk's name."""
    desk, latest = fact_check.desk, fact_check.latest
    others = (getattr(fact_check, "desk_pages", None), getattr(fact_check, "last_copy", None))
    told = (desk.contact, settings.KIEMTIN_LICENCE, *others)
    works = [(other.pk, other.latest_id, other.changed) for other in translations(fact_check)]
    people = (latest.approver.name, latest.author.name) if latest else ()
    moments = [moment for moment in (fact_check.changed, *(work[2] for work in works)) if moment]
    parts = (fact_check.pk, fact_check.latest_id, fact_check.changed, fact_check.public_state, fact_check.slug)
    return Mark((*parts, desk.slug, desk.name, desk.is_sample, people, told, *works), max(moments, default=None))


def _mark(request: HttpRequest, pk: int, slug: str = "") -> Mark | None:
    fact_check = fact_check_or_404(pk)
    return mark_of(fact_check) if slug == slug_of(fact_check) else None


@require_safe
@by_revision(_mark)
def check(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Show what a desk published last on a claim."""
    fact_check = fact_check_or_404(pk)
    if slug != slug_of(fact_check):
        return HttpResponsePermanentRedirect(check_path(fact_check))
    history = revisions(fact_check).exclude(kind=RevisionKind.FIRST).defer("body", "sources", "wordings")
    versions = [other for other in translations(fact_check) if other.is_answer]
    withdrawn = fact_check.public_state == PublicState.WITHDRAWN
    canonical = check_path(fact_check, own_language(fact_check))
    context = {
        **check_context(fact_check, fact_check.latest),
        "changes": [change for change in history if not (withdrawn and change.pk == fact_check.latest_id)],
        "translations": versions,
        "here_version": next((other for other in versions if other.language == get_language()), None),
        "related": related_to(fact_check, get_language() or ""),
        **_reuse(fact_check, canonical),
    }
    return show(
        request,
        "public/check.html",
        context,
        canonical=canonical,
        language=own_language(fact_check),
        alternates=switch(fact_check, versions),
        translations=[_version(other) for other in versions if other.language in LANGUAGES],
    )


def _reuse(fact_check: FactCheck, canonical: str) -> dict[str, object]:
    """Return what programs are told of a check that stands; of a withdrawn one nothing: it shall not spread."""
    if not fact_check.is_answer:
        return {}
    query = urlencode({"url": settings.KIEMTIN_ADDRESS + canonical, "format": "json"})
    media = media_review(fact_check)
    return {
        "linked_data": [claim_review(fact_check), *([media] if media else [])],
        "oembed": f"{settings.KIEMTIN_ADDRESS}{reverse('public:oembed')}?{query}",
        "frame": frame(fact_check, get_language() or settings.LANGUAGE_CODE),
    }


def check_context(fact_check: FactCheck, revision: Revision | None) -> dict[str, object]:
    """Return what the pages of a check and of its revisions have in common."""
    return {
        "check": fact_check,
        "revision": revision,
        "sources": shown_sources(revision, stored_copies(fact_check)) if revision else (),
        "withdrawn": fact_check.public_state == PublicState.WITHDRAWN,
        "is_foreign": fact_check.language != get_language(),
    }


def switch(fact_check: FactCheck, versions: list[FactCheck]) -> list[Alternate]:
    """Return where the language switch leads: to the translation if there is one, else to this text in that frame."""
    there = {other.language: other for other in versions}
    codes = [code for code in LANGUAGES if code != get_language()]
    return [alternate(code, check_path(there.get(code, fact_check), code)) for code in codes]


def _version(other: FactCheck) -> Alternate:
    return alternate(other.language, check_path(other, other.language))


urlpatterns = [
    path("checks/<int:pk>/", check, name="check"),
    path("checks/<int:pk>/<slug:slug>/", check, name="check"),
]
