"""The map of the site; robots.txt names it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from kiemtin.public import sitemap as site
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.readings import alerts_state, pages_state
from kiemtin.public.views.desk_pages import default_desk


def _mark(request: HttpRequest, number: int | None = None) -> Mark:
    state, changed = alerts_state()
    return Mark((state, pages_state(), number), changed)


@require_safe
@by_revision(_mark)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Give the whole map, or the map of maps once there are more checks than one may hold."""
    files, (_, changed) = site.parts(), alerts_state()
    if files > 1:
        return _xml(site.index(files, changed))
    return _xml(site.urlset([*site.pages(changed, first=default_desk()), *site.checks(1)]))


@require_safe
@by_revision(_mark)
def part(request: HttpRequest, number: int) -> HttpResponse:
    """Give one map of several."""
    files, (_, changed) = site.parts(), alerts_state()
    if number > files or files < 2:
        raise Http404("no such map")
    return _xml(site.urlset(site.checks(number) if number else site.pages(changed, first=default_desk())))


def _xml(document: str) -> HttpResponse:
    return HttpResponse(document, content_type="application/xml; charset=utf-8")


urlpatterns = [
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", part, name="sitemap-part"),
]
