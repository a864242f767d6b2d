"""All addresses. Vietnamese has none before it, English has `/en`; those of the API have no language at all."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    *i18n_patterns(
        path("account/", include("kiemtin.config.account_urls")),
        path("desk/", include("kiemtin.desk.urls")),
        path("", include("kiemtin.config.api_page")),
        path("", include("kiemtin.public.urls")),
        prefix_default_language=False,
    ),
    path("", include("kiemtin.api.urls")),
]

handler400 = "kiemtin.public.views.errors.bad_request"
handler403 = "kiemtin.public.views.errors.forbidden"
handler404 = "kiemtin.public.views.errors.not_found"
handler429 = "kiemtin.public.views.errors.too_many_attempts"  # looked up by allauth, not by Django
handler500 = "kiemtin.public.views.errors.broken"
