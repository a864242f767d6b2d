"""Errors of our own API: problem details (RFC 9457) with stable codes."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from kiemtin.api.faults import ApiError, Wrong

MEDIA_TYPE = "application/problem+json"


def problem(request: HttpRequest, error: ApiError) -> HttpResponse:
    """Return an error as problem details, in the active language."""
    fault = error.fault
    told: dict[str, object] = {
        "type": f"{settings.KIEMTIN_ADDRESS}{_page()}#{error.code}",
        "title": str(fault.title),
        "status": fault.status,
        "code": error.code,
    }
    if error.detail and str(error.detail) != str(fault.title):
        told["detail"] = str(error.detail)
    if error.wrong:
        told["errors"] = [_place(one) for one in error.wrong[:50]]
    response = HttpResponse(json.dumps(told, ensure_ascii=False), content_type=MEDIA_TYPE, status=fault.status)
    if fault.status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="kiemtin"'
    if error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    return response


def _place(one: Wrong) -> dict[str, str]:
    where = {"pointer": f"#{one.place}"} if one.in_body else {"parameter": one.place}
    return where | {"code": one.code, "detail": str(one.sentence)}


def _page() -> str:
    """Return the path of the page that explains the codes."""
    try:
        return reverse("api-page")
    except NoReverseMatch:
        return "/api/"
