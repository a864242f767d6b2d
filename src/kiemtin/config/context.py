"""What every page is given."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return the public address of this installation, and whether it sends mail."""
    return {"site_address": settings.KIEMTIN_ADDRESS, "sends_mail": settings.KIEMTIN_SENDS_MAIL}
