"""Errors as Google's APIs tell them: `{"error": {code, message, status, details}}` (google.rpc.Status as JSON)."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse

from kiemtin.api.faults import ApiError, Wrong

_TYPES = "type.googleapis.com/google.rpc"
_DOMAIN = "kiemtin"


def google_error(request: HttpRequest, error: ApiError) -> HttpResponse:
    """Return an error in Google's shape. What is only wrong in form is 400 there, never 422."""
    fault = error.fault
    status = 400 if fault.status == 422 else fault.status
    told: dict[str, object] = {"code": status, "message": _message(error), "status": fault.google}
    told["details"] = _details(error)
    content = json.dumps({"error": told}, ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=UTF-8", status=status)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="kiemtin"'
    if error.retry_after is not None:
        response["Retry-After"] = str(error.retry_after)
    return response


def _message(error: ApiError) -> str:
    if error.wrong:
        return " ".join(f"{_field(one)}: {one.sentence}" for one in error.wrong[:5])
    return str(error.detail or error.fault.title)


def _details(error: ApiError) -> list[dict[str, object]]:
    reason = error.code.replace("-", "_").upper()
    details: list[dict[str, object]] = [{"@type": f"{_TYPES}.ErrorInfo", "reason": reason, "domain": _DOMAIN}]
    if error.wrong:
        violations = [{"field": _field(one), "description": str(one.sentence)} for one in error.wrong[:50]]
        details.append({"@type": f"{_TYPES}.BadRequest", "fieldViolations": violations})
    if error.retry_after is not None:
        details.append({"@type": f"{_TYPES}.RetryInfo", "retryDelay": f"{error.retry_after}s"})
    return details


def _field(one: Wrong) -> str:
    """Return a place as a path with dots (google.rpc.BadRequest)."""
    return one.place.strip("/").replace("/", ".") if one.in_body else one.place
