"""Pages that say what went wrong. `config.urls` names these as Django's handlers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from kiemtin.public.pages import others


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what cannot be understood."""
    return _page(request, 400)


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
    content = render_to_string("kiemtin/errors/500.html", {})
    return _uncached(HttpResponse(content, status=500))


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
