"""What is left of the limits, as headers say it (draft-ietf-httpapi-ratelimit-headers-10)."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from kiemtin.api.call import Call


def write_limits(call: Call, response: HttpResponseBase) -> None:
    """Write `RateLimit-Policy` (quota and window) and `RateLimit` (what remains, seconds until it is full again)."""
    if not call.limits:
        return
    response["RateLimit-Policy"] = ", ".join(f'"{one.name}";q={one.count};w={one.seconds}' for one in call.limits)
    told = [f'"{use.limit.name}";r={use.left};t={use.seconds}' for use in call.uses]
    used_up = call.limits[len(call.uses) :]
    if used_up and response.status_code == 429:
        told += [f'"{one.name}";r=0;t={response["Retry-After"]}' for one in used_up[:1]]
    if told:
        response["RateLimit"] = ", ".join(told)
