"""Takes what a phone's share sheet hands over (Web Share Target). It comes from outside, so it is only shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kiemtin.public.origin import from_here
from kiemtin.public.private import private
from kiemtin.public.upload import sent_picture
from kiemtin.public.views.ask import ask_page, posted, take_sent
from kiemtin.questions.refusals import RefusalError


def joined(*pieces: str) -> str:
    """Return title, text and link as one message; what stands in another piece already is left out."""
    kept: list[str] = []
    for piece in (piece.strip() for piece in pieces):
        if piece and not any(piece in other for other in kept):
            kept = [other for other in kept if other not in piece]
            kept.append(piece)
    return "\n".join(kept)


@private
@csrf_exempt  # the share sheet is no page of ours; nothing is asked before the next tap
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    """Show what was shared in the field, one tap from being asked. A picture is read first, and shown then."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("public:ask"))
    text = ""
    try:
        picture = sent_picture(request)
        text = joined(*posted(request, "title", "text", "url"))
        if picture and from_here(request):
            return HttpResponseRedirect(reverse("public:receipt", args=[take_sent(request, picture, text)]))
    except RefusalError as error:
        return ask_page(request, text=text, error=error)
    return ask_page(request, text=text, shared=True)


urlpatterns = [path("share/", share, name="share-target")]
