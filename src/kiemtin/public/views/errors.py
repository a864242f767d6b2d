"""Pages that say what went wrong. `config.urls` names these as Django's handlers."""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from kiemtin.audit.outage import RETRY_AFTER, let_go, outage
from kiemtin.public.pages import others

_SECRETS = ("password", "code", "credential")
"""Beginnings of the names of what is typed to sign in: it is not handed back."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what cannot be understood; a session that could not be stored is no fault of who sent it."""
    return unavailable(request) if outage(exception) else _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what is not allowed."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer for a page that is not there."""
    return _page(request, 404)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer when a limit is reached; says when to try again, where the exception knows it."""
    response = _page(request, 429)
    if (seconds := getattr(exception, "retry_after", None)) is not None:
        response["Retry-After"] = str(seconds)
    return response


def too_many_attempts(request: HttpRequest) -> HttpResponse:
    """Answer who signs in, or forgets their password, too often; allauth counts that by the minute."""
    response = _uncached(HttpResponse(render_to_string("429.html", {}, request), status=429))
    response["Retry-After"] = "60"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the program failed; asks neither the database nor the session."""
    if outage(sys.exc_info()[1]):
        return unavailable(request)
    content = render_to_string("kiemtin/errors/500.html", {})
    return _uncached(HttpResponse(content, status=500))


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer when the disk or the database fails: nothing was stored, and what was sent can be sent once more."""
    let_go()
    context = {"is_sent": request.method == "POST", "here": request.get_full_path(), **_sent_again(request)}
    content = render_to_string("kiemtin/errors/503_unavailable.html", context)
    response = _uncached(HttpResponse(content, status=503))
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _sent_again(request: HttpRequest) -> dict[str, object]:
    """Return what was sent as fields of a form, unless it was to sign in; and whether a file was with it."""
    try:
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
        files = bool(request.FILES)
    except (OSError, RequestDataTooBig):
        return {}
    if any(name.startswith(_SECRETS) for name, _ in pairs):
        return {}
    return {"fields": pairs, "files": files}


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a staff form whose token is missing or old."""
    return _page(request, 403, "403_csrf")


def _page(request: HttpRequest, status: int, name: str = "") -> HttpResponse:
    context = {"alternates": others(request.path)}
    content = render_to_string(f"kiemtin/errors/{name or status}.html", context, request)
    return _uncached(HttpResponse(content, status=status))


def _uncached(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    return response
