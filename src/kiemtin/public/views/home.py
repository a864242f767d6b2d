"""The front page."""

from __future__ import annotations

import time

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from kiemtin.checks.alerts import public_alerts
from kiemtin.checks.enums import Verdict
from kiemtin.checks.published import topics
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.pages import show
from kiemtin.public.readings import alerts_state, changes, listed, most_asked

_LATEST, _ALERTS, _ASKED, _CHANGES = 8, 3, 5, 3
_RANKED = 300  # seconds after which the ranking of what is asked is counted again


def _mark(request: HttpRequest) -> Mark:
    """Follow checks and alerts; the ranking follows by itself a few minutes later (so no `changed` to tell)."""
    state, _ = alerts_state()
    return Mark((state, int(time.time() / _RANKED)))


@require_safe
@by_revision(_mark)
def home(request: HttpRequest) -> HttpResponse:
    """Show the field for asking, and what was checked of late."""
    language = get_language() or ""
    context = {
        "latest": listed(language)[:_LATEST],
        "alerts": public_alerts()[:_ALERTS],
        "asked": most_asked(language, _ASKED),
        "topics": topics(language),
        "changes": changes()[:_CHANGES],
        "verdicts": Verdict,
    }
    return show(request, "public/home.html", context)


urlpatterns = [path("", home, name="home")]
