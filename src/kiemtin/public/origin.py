"""Whether a form was sent from a page of this site.

The forms for readers and askers carry no authority: there is no session behind them and nothing that could be done in
somebody's name. So they need no secret token, and without one their pages set no cookie and can be kept by caches.
What is left to ward off is another site that makes its visitors' browsers send here; browsers tell that by themselves
in `Sec-Fetch-Site` and `Origin`. A program that sends neither is let through: the limits hold for it as for all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

_OWN = frozenset({"same-origin", "none"})  # `none`: the person's own doing, such as a phone's share sheet


def from_here(request: HttpRequest) -> bool:
    """Whether the browser says that this site's own page sent the request, or says nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OWN
    origin = request.headers.get("Origin")
    return origin is None or origin in {settings.KIEMTIN_ADDRESS, f"{request.scheme}://{request.get_host()}"}


def open_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view take a form without a token, from this site's pages only."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if request.method == "POST" and not from_here(request):
            raise PermissionDenied("sent from another site")
        return view(request, *args, **kwargs)

    return csrf_exempt(respond)
