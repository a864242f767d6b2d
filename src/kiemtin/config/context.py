"""What every page is given."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kiemtin import __version__
from kiemtin.public.pages import Alternate, others


def site(request: HttpRequest) -> dict[str, object]:
    """Return address and version of this installation, whether it sends mail, and the page in the other languages.

    A view that knows better gives `alternates` itself.
    """
    return {
        "site_address": settings.KIEMTIN_ADDRESS,
        "program_version": __version__,
        "sends_mail": settings.KIEMTIN_SENDS_MAIL,
        "alternates": SimpleLazyObject(lambda: _alternates(request)),
    }


def _alternates(request: HttpRequest) -> tuple[Alternate, ...]:
    """Return nothing after a form was sent: what was typed would be lost on the way."""
    return others(request.get_full_path()) if request.method in ("GET", "HEAD") else ()
