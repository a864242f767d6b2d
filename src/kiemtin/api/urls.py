"""Addresses of the API: without a language, led in by `api.entrance`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from ninja import NinjaAPI

from kiemtin.api.apis import google, own
from kiemtin.api.openapi import document


def _mounted(api: NinjaAPI, beginning: str) -> URLResolver:
    patterns, app, namespace = api.urls
    # The framework's own page at the root of an API leads to documents that are not there.
    kept = [one for one in patterns if not (isinstance(one, URLPattern) and one.name == "api-root")]
    described = path("openapi.json", document, {"api": api, "beginning": beginning}, name="openapi")
    return path(beginning, include(([described, *kept], app), namespace=namespace))


urlpatterns = [_mounted(own, "api/v1/"), _mounted(google, "v1alpha1/")]
