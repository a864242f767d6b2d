"""Where to report a weakness of this site: for people, and for programs (RFC 9116)."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kiemtin.accounts.models import Desk
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.pages import LANGUAGES, show
from kiemtin.public.views.desk_pages import default_desk

_GOOD_FOR = dt.timedelta(days=90)


def _mark(request: HttpRequest) -> Mark:
    desk = default_desk()
    return Mark((desk and (desk.name, desk.contact),))


@require_safe
@by_revision(_mark)
def security(request: HttpRequest) -> HttpResponse:
    """Say how to report a weakness, and what comes of it."""
    return show(request, "public/security.html", {"desk": default_desk()})


@require_safe
@cache_control(public=True, max_age=86_400)
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say the same to programs; not there while there is no way to reach anybody.

    It is good for some months from each day on, so that a copy does not outlive its contact.
    """
    with override(settings.LANGUAGE_CODE):
        contacts = _contacts(default_desk())
        policy = reverse("public:security")
    if not contacts:
        raise Http404("there is nobody to reach")
    until = timezone.now().astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0) + _GOOD_FOR
    lines = [
        *(f"Contact: {one}" for one in contacts),
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(LANGUAGES)}",
        f"Canonical: {settings.KIEMTIN_ADDRESS}/.well-known/security.txt",
        f"Policy: {settings.KIEMTIN_ADDRESS}{policy}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _contacts(desk: Desk | None) -> list[str]:
    """Return where to write, the best first. An address of the web must be of https (RFC 9116, 2.5.3)."""
    mail = [f"mailto:{quote(desk.contact, safe='@')}"] if desk and desk.contact else []
    page = f"{settings.KIEMTIN_ADDRESS}{reverse('public:contact')}"
    return mail + ([page] if desk and page.startswith("https://") else [])


urlpatterns = [
    path("security/", security, name="security"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
]
