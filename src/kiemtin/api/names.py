"""The names that stand in a query: one that an operation does not know is refused, as a mistyped one would do nothing.

A filter with a wrong name would silently not filter. Google's own API refuses such names too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from django.utils.translation import override

from kiemtin.api.call import Call
from kiemtin.api.faults import ApiError, Wrong, reason_of

# What clients of Google's APIs may send with any call (https://cloud.google.com/apis/docs/system-parameters).
_OF_ALL = frozenset(
    {"$.xgafv", "$alt", "$callback", "$fields", "$key", "$prettyPrint", "access_token", "alt", "callback", "fields"}
    | {"key", "oauth_token", "prettyPrint", "quotaUser", "uploadType", "upload_protocol"}
)
_FREE = {"v1alpha1/": _OF_ALL}
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True, slots=True)
class _Operation:
    names: frozenset[str]
    needs_token: bool


def check_names(call: Call, route: str) -> None:
    """Look whether the operation at a route knows all names in the query of a call.

    Who calls without a token where one is needed is told so first, by the operation.

    Raises
    ------
    ApiError
        It does not; with each of the others.
    """
    operation = _known().get((_ARGUMENT.sub(r"{\1}", f"/{route}"), str(call.method)))
    if operation is None or (operation.needs_token and call.token is None):
        return
    wrong = [name for name in call.GET if name not in operation.names]
    if wrong:
        told = reason_of("extra_forbidden")
        raise ApiError("invalid", wrong=tuple(Wrong(name, "extra-forbidden", told) for name in wrong))


@cache
def _known() -> dict[tuple[str, str], _Operation]:
    """Return what each operation takes in its query, by path and method."""
    from kiemtin.api.apis import google, own  # noqa: PLC0415  (they are made with what calls this)
    from kiemtin.api.openapi import described, operations  # noqa: PLC0415

    found: dict[tuple[str, str], _Operation] = {}
    with override("en"):
        for api, beginning in ((own, "api/v1/"), (google, "v1alpha1/")):
            for path, method, operation in operations(described(api, beginning)):
                names = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
                names |= _FREE.get(beginning, frozenset())
                found[path, method.upper()] = _Operation(frozenset(names), "x-scope" in operation)
    return found
