"""Addresses of the desk, below `/desk/`. Those of a desk's pages stand beside their views, as `urlpatterns`."""

from __future__ import annotations

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from kiemtin.desk.views import entry, joining

app_name = "desk"

# Modules in desk/views: their addresses begin with `/desk/<slug of the desk>/`.
MODULES = (
    "queue",
    "saved_views",
    "merging",
    "cases",
    "reports",
    "outbox",
    "drafts",
    "copies",
    "checks",
    "alerts",
    "people",
    "tokens",
    "pages",
    "sources",
    "log",
)


def _addresses() -> list[URLPattern | URLResolver]:
    return [pattern for name in MODULES for pattern in import_module(f"kiemtin.desk.views.{name}").urlpatterns]


# What stands before the desks may be no desk's slug: see `staff.actions.create_desk`.
urlpatterns = [
    *entry.urlpatterns,
    *joining.urlpatterns,
    path("<slug:desk>/", include(_addresses())),
]
