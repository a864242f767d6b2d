"""Pages that may stand in a frame on anybody's page. All others refuse."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_exempt

View = Callable[..., HttpResponseBase]


def may_be_framed(view: View) -> View:
    """Let a view's page be framed from everywhere.

    Nothing on it may do anything in somebody's name: it is read-only, sets no cookie and reads none.
    """

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    framed: View = xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(respond))
    return framed
