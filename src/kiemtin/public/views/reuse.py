"""How others may take our checks to their own readers: feeds, the search for their page, one check, all as data."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from kiemtin.checks.published import topics
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.feeds.offered import offers
from kiemtin.public.pages import show
from kiemtin.public.readings import library_state

_LICENCES = {"https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0"}


def _mark(request: HttpRequest) -> Mark:
    state, changed = library_state()
    return Mark((state, settings.KIEMTIN_LICENCE), changed)


@require_safe
@by_revision(_mark)
def reuse(request: HttpRequest) -> HttpResponse:
    """Show all of it on one page."""
    language = get_language() or settings.LANGUAGE_CODE
    with override(settings.LANGUAGE_CODE):  # the same for all languages, so they have one address
        script = settings.KIEMTIN_ADDRESS + reverse("public:widget-script")
        data = reverse("public:claimreview-feed")
    context = {
        "offers": offers(topic for topic, _ in topics(language)),
        "line": format_html('<script src="{}" data-lang="{}" async></script>', script, language),
        "data": data,
        "licence": settings.KIEMTIN_LICENCE,
        "licence_name": _LICENCES.get(settings.KIEMTIN_LICENCE, settings.KIEMTIN_LICENCE),
    }
    return show(request, "public/reuse.html", context)


urlpatterns = [path("reuse/", reuse, name="reuse")]
