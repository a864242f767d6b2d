"""Pages for one asker alone: kept by no cache, found by no search engine."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

_HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    # Other sites are told nothing of where a reader came from. `no-referrer` would tell them no less, but makes
    # browsers send `Origin: null` with a form, and older ones have nothing else to show that it is ours.
    "Referrer-Policy": "same-origin",
}


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep what a view answers between the site and one asker."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        response = view(request, *args, **kwargs)
        for name, value in _HEADERS.items():
            response[name] = value
        return response

    return respond
