"""The public page on the API: what can be done with it, made from its own description."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kiemtin.api.described import both, codes, limits
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.pages import show

_FOR: dict[str, str | Promise] = {
    "calls-address": _("Calls without a token, from one address"),
    "calls-token": _("Calls with a token"),
    "asking-address": _("Questions from one address, those of the web counted too"),
    "asking-token": _("Questions with a token that may ask for many people"),
    "looking-up": _("Unknown receipt codes tried from one address"),
}


def _mark(request: HttpRequest) -> Mark:
    return Mark((settings.KIEMTIN_ADDRESS,))  # else only the program changes it


@require_safe
@by_revision(_mark)
def api_page(request: HttpRequest) -> HttpResponse:
    """Show the reference of the API."""
    context = {
        "apis": both(),
        "codes": codes(),
        "limits": [(_FOR[use], one) for use, found in limits().items() for one in found],
        "address": settings.KIEMTIN_ADDRESS,
    }
    return show(request, "kiemtin/api.html", context)


urlpatterns = [path("api/", api_page, name="api-page")]
