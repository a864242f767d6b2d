"""Both APIs, made of their operations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from kiemtin.api.entrance import told
from kiemtin.api.faults import ApiError
from kiemtin.api.google import claims, pages
from kiemtin.api.google.errors import google_error
from kiemtin.api.reading import PlainRenderer, StrictParser
from kiemtin.api.v1 import desk, questions, reading
from kiemtin.api.v1.problems import problem

Teller = Callable[[HttpRequest, ApiError], HttpResponse]


def _api(namespace: str, tell: Teller, version: str) -> NinjaAPI:
    api = NinjaAPI(
        title="Kiểm Tin",
        version=version,
        urls_namespace=namespace,
        docs_url=None,
        openapi_url=None,
        renderer=PlainRenderer(),
        parser=StrictParser(),
    )

    def on_error(request: HttpRequest, error: Exception) -> HttpResponse:
        return told(request, error, tell)

    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, partial(on_error))
    return api


own = _api("api-v1", problem, "1")
"""Our own API."""

google = _api("google", google_error, "v1alpha1")
"""The one in Google's shape."""

for one in (questions, reading, desk):
    own.add_router("", one.router)
for another in (claims, pages):
    google.add_router("", another.router)
