"""Takes an asker's word on whether the text of their question may be published as open data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from kiemtin.public.origin import open_form
from kiemtin.public.private import private
from kiemtin.public.views.receipt import with_receipt
from kiemtin.questions.actions.say_whether_to_publish import say_whether_to_publish
from kiemtin.questions.models import Request

_WORDS = {"yes": True, "no": False}


@private
@open_form
@require_http_methods(["GET", "HEAD", "POST"])
@with_receipt
def agreement(request: HttpRequest, asked: Request) -> HttpResponse:
    """Note a plain yes, or that it is taken back; anything else changes nothing."""
    agrees = _WORDS.get(request.POST.get("agrees", ""))
    if request.method == "POST" and agrees is not None:
        say_whether_to_publish(request=asked, agrees=agrees)
    return HttpResponseRedirect(f"{reverse('public:receipt', args=[asked.code])}#open-data")


urlpatterns = [path("r/<str:code>/open-data/", agreement, name="receipt-agreement")]
