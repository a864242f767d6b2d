"""The list of checks, its filters, and the search."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kiemtin.checks.enums import Topic, Verdict
from kiemtin.checks.models import FactCheck
from kiemtin.checks.published import topics
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.filters import Filter
from kiemtin.public.pages import LANGUAGES, alternate, others, show
from kiemtin.public.readings import library_state, listed
from kiemtin.public.search import Hits, search

_A_PAGE = 20
_SUGGESTED = 5


def _mark(request: HttpRequest) -> Mark | None:
    """Keep the lists, not what somebody searched for."""
    wanted = Filter.of(request.GET)
    if wanted.q:
        return None
    state, changed = library_state()
    return Mark((state, wanted, request.GET.get("page", "")), changed)


@require_safe
@by_revision(_mark)
def checks(request: HttpRequest) -> HttpResponse:
    """Show the checks that stand, newest first, or best first if words are looked for."""
    wanted = Filter.of(request.GET)
    hits = search(wanted) if wanted.q else Hits()
    found = hits.found if wanted.q else _listed(wanted)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "wanted": wanted,
        "page": page,
        "hits": hits,
        "topic_links": [(topic, wanted.query(topic=topic.value)) for topic in _topics(wanted)],
        "any_topic": wanted.query(topic=""),
        "verdicts": Verdict,
        "languages": [alternate(code, "") for code in LANGUAGES],
    }
    query = wanted.query()
    links = [alternate(other.code, other.url + query) for other in others(request.path)]
    response = show(request, "public/checks.html", context, alternates=links, translations=others(request.path))
    if wanted.q:
        # Kept by nobody: who comes back to a search a moment later sees what was published meanwhile.
        patch_cache_control(response, private=True, no_cache=True)
    return response


def _topics(wanted: Filter) -> list[Topic]:
    """Return the topics that lead somewhere, and the one that was chosen."""
    there = {topic for topic, _ in topics(get_language() or "")}
    return [topic for topic in Topic if topic in there or topic == wanted.topic]


def _listed(wanted: Filter) -> QuerySet[FactCheck]:
    """Return each check once, or those written in the language that was chosen."""
    found = listed("" if wanted.language else get_language() or "", topic=wanted.topic, verdict=wanted.verdict)
    return found.filter(language=wanted.language) if wanted.language else found


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Show the best few checks for the words typed so far: a piece of a page."""
    wanted = Filter.of(request.GET)
    hits = search(wanted, limit=_SUGGESTED) if len(wanted.q) > 1 else Hits()
    response = render(request, "public/_suggestions.html", {"wanted": wanted, "hits": hits})
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, max_age=60)  # for who takes a letter back while typing
    return response


urlpatterns = [path("checks/", checks, name="checks"), path("search/", suggest, name="suggest")]
