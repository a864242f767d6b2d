"""What robots are asked to leave alone."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

_LINES = (
    "User-agent: *",
    *(
        f"Disallow: {prefix}{path}"
        for prefix in ("", "/en")
        for path in ("/account/", "/ask/", "/desk/", "/r/", "/search/", "/share/", "/checks/*/report/")
    ),
)


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Keep robots out of staff pages, receipts and searches, and show them the map."""
    with override(settings.LANGUAGE_CODE):
        place = f"Sitemap: {settings.KIEMTIN_ADDRESS}{reverse('public:sitemap')}"
    return HttpResponse("\n".join([*_LINES, "", place, ""]), content_type="text/plain; charset=utf-8")


urlpatterns = [path("robots.txt", robots, name="robots")]
