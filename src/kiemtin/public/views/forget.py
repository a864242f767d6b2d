"""Has a mail address forgotten: from the page of a receipt, from a mail's link, and from a mail program (RFC 8058)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kiemtin.public.origin import from_here
from kiemtin.public.pages import show
from kiemtin.public.private import private
from kiemtin.public.views.receipt import with_receipt
from kiemtin.questions.actions.forget_address import forget_address
from kiemtin.questions.models import ReplyAddress, Request
from kiemtin.questions.secrets import is_forget_key


@private
@csrf_exempt  # mail programs post from where they run; they show the key of their mail instead
@require_http_methods(["GET", "HEAD", "POST"])
@with_receipt
def forget(request: HttpRequest, asked: Request) -> HttpResponse:
    """Ask once more by GET, for links in mails are opened by scanners too; delete by POST, without a redirect."""
    key = request.GET.get("key", "")
    has_key = is_forget_key(asked, key)
    if request.method == "POST":
        if not has_key and not from_here(request):
            raise PermissionDenied("sent from another site, without the key of a mail")
        forget_address(request=asked)
    context = {
        "path_code": asked.code,
        "is_kept": ReplyAddress.objects.filter(request=asked).exists(),
        "key": key if has_key else "",
        "canonical": "",
    }
    return show(request, "public/forget.html", context, translations=())


urlpatterns = [path("r/<str:code>/forget/", forget, name="receipt-forget")]
