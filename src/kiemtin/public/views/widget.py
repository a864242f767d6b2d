"""The search for other people's pages: one line of HTML, a frame that it makes, and the page within."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from kiemtin.matching.finding import Finding
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.filters import Filter
from kiemtin.public.framing import may_be_framed
from kiemtin.public.pages import show
from kiemtin.public.readings import library_state, listed
from kiemtin.public.search import Hits, search

_SHOWN = 5
_THEMES = ("light", "dark")
_SCRIPT = Path(__file__).resolve().parent.parent / "widget.js"


@cache
def _script() -> tuple[bytes, str]:
    content = _SCRIPT.read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"'


@require_safe
@cache_control(public=True, max_age=3600)
@condition(lambda request: _script()[1])
def script(request: HttpRequest) -> HttpResponse:
    """Give the script. Its address stays: it stands in pages that nobody here can change."""
    return HttpResponse(_script()[0], content_type="text/javascript; charset=utf-8")


def theme_of(request: HttpRequest) -> str:
    """Return the appearance that the page around asks for; empty for what the device has."""
    theme = request.GET.get("theme", "")
    return theme if theme in _THEMES else ""


def _mark(request: HttpRequest) -> Mark | None:
    wanted = Filter.of(request.GET)
    if wanted.q:
        return None
    state, changed = library_state()
    return Mark((state, wanted, theme_of(request)), changed)


@may_be_framed
@require_safe
@by_revision(_mark)
def widget(request: HttpRequest) -> HttpResponse:
    """Show the field, what was found, or else the checks that changed last; only our own."""
    wanted = Filter.of(request.GET)
    hits = search(wanted) if wanted.q else Hits()
    own = [hit.fact_check for hit in hits.found if _is_own(hit)][:_SHOWN]
    latest = [] if wanted.q else list(listed(get_language() or "", topic=wanted.topic)[:3])
    context = {"wanted": wanted, "found": own, "latest": latest, "failed": hits.failed, "theme": theme_of(request)}
    response = show(request, "public/widget.html", context)
    if wanted.q:
        patch_cache_control(response, private=True, no_cache=True)
    return response


def _is_own(hit: Finding) -> bool:
    return hit.fact_check is not None


urlpatterns = [path("widget.js", script, name="widget-script"), path("widget/", widget, name="widget")]
