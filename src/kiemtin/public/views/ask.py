"""Take a question. The answer stands on the page of its receipt, where a reload asks nothing again."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from kiemtin.matching.live import live_library
from kiemtin.public.origin import open_form
from kiemtin.public.pages import show
from kiemtin.public.private import private
from kiemtin.public.upload import sent_picture
from kiemtin.questions.actions.ask import ask as take_question
from kiemtin.questions.actions.take_picture import take_picture
from kiemtin.questions.asker import asker_of
from kiemtin.questions.digest import MAX_LENGTH
from kiemtin.questions.limits import check_honeypot, client_address, take_ask, take_picture_use
from kiemtin.questions.refusals import RefusalError, TooLongError, TooManyError


def ask_page(
    request: HttpRequest, *, text: str, error: RefusalError | None = None, shared: bool = False
) -> HttpResponse:
    """Show the field with a text in it, and why it was not taken."""
    is_flood = isinstance(error, TooManyError)
    context = {
        "value": text,
        "error": error.sentence if error else "",
        "is_flood": is_flood,
        "shared": shared,
        "max_length": MAX_LENGTH,
    }
    status = (429 if is_flood else 422) if error else 200
    # No switch of language: the text would be lost on the way.
    response = show(request, "public/ask.html", context, alternates=(), status=status)
    if isinstance(error, TooManyError):
        response["Retry-After"] = str(error.retry_after)
    return response


def posted(request: HttpRequest, *names: str) -> tuple[str, ...]:
    """Return fields of a form.

    Raises
    ------
    TooLongError
        There is more in it than any message has.
    """
    try:
        return tuple(request.POST.get(name, "") for name in names)
    except RequestDataTooBig:
        raise TooLongError("too much was sent", limit=MAX_LENGTH) from None


@private
@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a question; by GET only show the field with `text` in it."""
    if request.method != "POST":
        return ask_page(request, text=request.GET.get("text", ""))
    text = ""
    try:
        picture = sent_picture(request)
        text, bait = posted(request, "text", "website")
        check_honeypot(bait)
        code = take_sent(request, picture, text) if picture else _take(request, text)
    except RefusalError as error:
        return ask_page(request, text=text, error=error)
    return HttpResponseRedirect(reverse("public:receipt", args=[code]))


def _take(request: HttpRequest, text: str) -> str:
    """Return the receipt code."""
    address = client_address(request.META, proxies=settings.KIEMTIN_PROXIES)
    take_ask(address)
    asker = asker_of(address=address, agent=request.headers.get("User-Agent", ""))
    asked = take_question(text=text, channel="web", language=get_language() or "", asker=asker, library=live_library())
    return asked.request.code


def take_sent(request: HttpRequest, picture: bytes, text: str) -> str:
    """Take a picture to be read, with what was written beside it; returns the receipt code."""
    take_picture_use(client_address(request.META, proxies=settings.KIEMTIN_PROXIES))
    return take_picture(data=picture, language=get_language() or "", typed=text).code


urlpatterns = [path("ask/", ask, name="ask")]
