"""The language stands in the address, and nowhere else."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class AddressLocaleMiddleware(LocaleMiddleware):
    """Django's own, but for one thing: it does not tell caches that pages differ by `Accept-Language`.

    They do not: addresses without a language are Vietnamese whatever the browser wishes for (`i18n_patterns` without a
    prefix for the default language), and a cache would keep one copy for each wording of that header.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Name the language of the answer."""
        response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response
