"""What the description of the API says of an operation, and what it needs."""

from __future__ import annotations

from typing import Any

from kiemtin.accounts.enums import Scope
from kiemtin.api.auth import scoped

ANY = "any"
"""In place of a scope: a token of whatever scope."""


def told(summary: str, description: str = "", *, scope: Scope | str = "") -> dict[str, Any]:
    """Return how an operation is described and guarded.

    Without a description of its own, the framework would publish the docstring of its view.
    """
    described: dict[str, Any] = {"summary": summary, "openapi_extra": {"description": description}}
    if scope:
        needed = scope if isinstance(scope, Scope) else None
        described["auth"] = scoped(needed)
        described["openapi_extra"]["x-scope"] = needed.value if needed else ANY
    return described
