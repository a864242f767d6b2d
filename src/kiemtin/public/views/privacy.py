"""What is stored and what is not."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.pages import show
from kiemtin.public.views.desk_pages import default_desk
from kiemtin.questions.retention import RULES, Whose


def _mark(request: HttpRequest) -> Mark:
    desk = default_desk()
    return Mark((desk and (desk.name, desk.contact), settings.KIEMTIN_SENDS_MAIL))


@require_safe
@by_revision(_mark)
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what this installation stores about whom, for how long, and who is told."""
    rules = {whose.value: [rule for rule in RULES if rule.whose is whose] for whose in Whose}
    context = {"desk": default_desk(), "sends_mail": settings.KIEMTIN_SENDS_MAIL, "rules": rules}
    return show(request, "public/privacy.html", context)


urlpatterns = [path("privacy/", privacy, name="privacy")]
