"""The way in for programs: past everything that only pages need.

Calls of the API carry no cookie, no session and no form's token, and their language stands in a header: so they are
led straight to their view, before the middleware that is there for browsers. Whatever goes wrong is told as JSON in
the shape of the API that was called.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language, override

from kiemtin.api.call import Call, admit, begin, language_of
from kiemtin.api.faults import ApiError, of_exception
from kiemtin.api.google.errors import google_error
from kiemtin.api.limit_headers import write_limits
from kiemtin.api.names import check_names
from kiemtin.api.v1.problems import problem
from kiemtin.audit.outage import RETRY_AFTER, let_go, outage

_LOG = logging.getLogger(__name__)
Teller = Callable[[HttpRequest, ApiError], HttpResponse]

# What an address begins with; how its errors are told; the language of who names none.
_DOORS: tuple[tuple[str, Teller, str], ...] = (
    ("/api/v1/", problem, settings.LANGUAGE_CODE),
    ("/v1alpha1/", google_error, "en"),
)
_EXPOSED = "Content-Language, ETag, Link, RateLimit, RateLimit-Policy, Retry-After"
_SAFE = ("GET", "HEAD")


class EntranceMiddleware:
    """Stands before the middleware of pages and takes out what is for the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._pages = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer calls of the API; hand everything else on."""
        for beginning, tell, language in _DOORS:
            if request.path_info.startswith(beginning):
                with override(language_of(request, default=language)):
                    return _answer(begin(request), tell)
        return self._pages(request)


def overloaded(request: HttpRequest, *, seconds: int) -> HttpResponse | None:
    """Tell a program that there is no room for it just now; None if it is no call of the API that came."""
    for beginning, tell, language in _DOORS:
        if request.path_info.startswith(beginning):
            with override(language_of(request, default=language)):
                call = begin(request)
                response = tell(call, ApiError("overloaded", retry_after=seconds))
                _write_headers(call, response, str(call.method))
                return response
    return None


def _answer(call: Call, tell: Teller) -> HttpResponseBase:
    asked = str(call.method)
    try:
        response = _led(call, asked)
    except Exception as error:  # whatever it is, a program is told in its own shape
        response = told(call, error, tell)
    if response.status_code == 405 and asked != "OPTIONS" and not response.get("Content-Type", "").endswith("json"):
        allow = response["Allow"]
        response = tell(call, ApiError("method-not-allowed"))
        response["Allow"] = allow
    _write_headers(call, response, asked)
    return _confirmed(call, response, asked)


def told(request: HttpRequest, error: Exception, tell: Teller) -> HttpResponse:
    """Return an error in the shape of an API; one that is ours is logged, without what was sent."""
    known = of_exception(error)
    if known is None:
        got_request_exception.send(sender=EntranceMiddleware, request=request)
        _LOG.error("%s %s", request.method, request.path, exc_info=error, extra={"request": request})
        known = _not_expected(error)
    return tell(request, known)


def _not_expected(error: Exception) -> ApiError:
    if outage(error) is None:
        return ApiError("broken")
    let_go()
    return ApiError("unavailable", retry_after=RETRY_AFTER)


def _led(call: Call, asked: str) -> HttpResponseBase:
    call.get_host()  # raises for a host that is not ours
    try:
        match = resolve(call.path_info)
    except Resolver404:
        if asked == "OPTIONS":
            return HttpResponse(status=204)
        admit(call)
        raise ApiError("not-found") from None
    call.resolver_match = match
    if asked == "OPTIONS":
        return _options(match.func(call, *match.args, **match.kwargs))
    admit(call)
    if not (call.accepts("application/json") or call.accepts("application/problem+json")):
        raise ApiError("not-acceptable")
    if asked == "HEAD":
        call.method = "GET"
    try:
        check_names(call, match.route)
        response: HttpResponseBase = match.func(call, *match.args, **match.kwargs)
    finally:
        call.method = asked  # the server leaves the body of HEAD out
    return response


def _options(response: HttpResponseBase) -> HttpResponse:
    """Say what can be done here. Pages of other sites may read, without credentials, and nothing else."""
    allow = [word for word in response.get("Allow", "").split(", ") if word]
    allow += ["HEAD", "OPTIONS"] if "GET" in allow else ["OPTIONS"]
    answer = HttpResponse(status=204, headers={"Allow": ", ".join(sorted(allow))})
    if "GET" in allow:
        answer["Access-Control-Allow-Methods"] = ", ".join(_SAFE)
        answer["Access-Control-Allow-Headers"] = "Accept-Language, Content-Type, X-Goog-Api-Key, X-Goog-Api-Client"
        answer["Access-Control-Max-Age"] = "86400"
    return answer


def _write_headers(call: Call, response: HttpResponseBase, asked: str) -> None:
    write_limits(call, response)
    response["Content-Language"] = get_language() or ""
    patch_vary_headers(response, ["Accept-Language", "Authorization"])
    if asked in (*_SAFE, "OPTIONS"):
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = _EXPOSED
    if call.token is not None or "Cache-Control" not in response.headers:
        response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"


def _confirmed(call: Call, response: HttpResponseBase, asked: str) -> HttpResponseBase:
    """Give what can be kept an entity tag; who has it already is told so (304)."""
    if asked not in _SAFE or response.status_code != 200 or not isinstance(response, HttpResponse):
        return response
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = tag
    kept = get_conditional_response(call, etag=tag, response=response)
    if kept is None or kept is response or kept.status_code != 304:
        return response
    for name in ("RateLimit", "RateLimit-Policy", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"):
        if name in response.headers:
            kept[name] = response[name]
    return kept
