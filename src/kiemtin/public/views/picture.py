"""The page of a picture on its way to a question: what is being done with it, and its text for correction."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from kiemtin.matching.live import live_library
from kiemtin.media.pictures import Opened
from kiemtin.public.origin import open_form
from kiemtin.public.pages import others, show
from kiemtin.public.private import private
from kiemtin.public.receipt_page import receipt_path
from kiemtin.public.views.ask import posted
from kiemtin.questions.actions.ask_with_picture import ask_with_picture
from kiemtin.questions.asker import asker_of
from kiemtin.questions.codes import shown_code
from kiemtin.questions.digest import MAX_LENGTH
from kiemtin.questions.enums import PictureState
from kiemtin.questions.exceptions import UnreadablePictureError
from kiemtin.questions.limits import client_address, take_ask
from kiemtin.questions.masking import MARK
from kiemtin.questions.models import Picture
from kiemtin.questions.photos import sightings
from kiemtin.questions.pictures import picture_of
from kiemtin.questions.refusals import RefusalError, TooManyError
from kiemtin.questions.secrets import unseal_picture

_UNDER_WAY = frozenset({PictureState.WAITING, PictureState.READING})


def place_of(picture: Picture) -> str:
    """Return where a picture stands: on the page of its question once it is asked, in the language of the asker."""
    if picture.request is not None:
        return receipt_path(picture.request.code, picture.request.language)
    return reverse("public:picture", args=[picture.code])


def _with_picture(view: Callable[[HttpRequest, Picture], HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def respond(request: HttpRequest, code: str) -> HttpResponse:
        found = picture_of(code)
        if found is None:
            raise Http404("no such picture")
        if found.request is not None or code != found.code:
            return HttpResponseRedirect(place_of(found))
        return view(request, found)

    return respond


@private
@require_safe
@_with_picture
def picture(request: HttpRequest, row: Picture) -> HttpResponse:
    """Say what is being done with it; once it is read, show its text. With `seen`, only if that has changed."""
    is_poll = bool(getattr(request, "htmx", False))
    if is_poll and request.GET.get("seen") == _mark(row):
        return HttpResponse(status=204)
    return _page(request, row, is_poll=is_poll)


@private
@open_form
@require_POST
@_with_picture
def confirm(request: HttpRequest, row: Picture) -> HttpResponse:
    """Ask about the text as its asker has looked it over, or about what is published on a copy of the photograph."""
    text = ""
    try:
        text, chosen = posted(request, "text", "same")
        same = next((one for one in sightings(row.photo) if one.key == chosen), None) if chosen else None
        address = client_address(request.META, proxies=settings.KIEMTIN_PROXIES)
        take_ask(address)
        asker = asker_of(address=address, agent=request.headers.get("User-Agent", ""))
        asked = ask_with_picture(
            picture=row,
            text=same.claim if same else text,
            channel="web",
            asker=asker,
            library=live_library(),
        )
    except RefusalError as error:
        return _page(request, row, error=error, typed=text)
    return HttpResponseRedirect(reverse("public:receipt", args=[asked.code]))


@private
@require_safe
@_with_picture
def image(request: HttpRequest, row: Picture) -> HttpResponse:
    """Give the picture to whoever holds its code, to compare the text with it."""
    if not row.secret:
        raise Http404("deleted")
    try:
        data = unseal_picture(bytes(row.secret))
    except UnreadablePictureError:
        raise Http404("unreadable") from None
    return HttpResponse(data, content_type=Opened.media_type)


def _page(
    request: HttpRequest,
    row: Picture,
    *,
    is_poll: bool = False,
    error: RefusalError | None = None,
    typed: str | None = None,
) -> HttpResponse:
    is_open = row.state in _UNDER_WAY and typed is None and "type" not in request.GET
    value = typed if typed is not None else "\n\n".join(part for part in (row.typed, row.text) if part)
    context = {
        "picture": row,
        "code": shown_code(row.code),
        "link": f"{settings.KIEMTIN_ADDRESS}/r/{row.code}",
        "mark": _mark(row),
        "is_open": is_open,
        "waiting": _before(row) if is_open else 0,
        "sightings": () if is_open else sightings(row.photo),
        "value": value,
        "has_marks": bool(MARK.search(value)),
        "error": error.sentence if error else "",
        "max_length": MAX_LENGTH,
        "canonical": "",
    }
    template = "public/_picture_state.html" if is_poll else "public/picture.html"
    status = (429 if isinstance(error, TooManyError) else 422) if error else 200
    here = reverse("public:picture", args=[row.code])
    response = show(request, template, context, alternates=others(here), translations=(), status=status)
    if isinstance(error, TooManyError):
        response["Retry-After"] = str(error.retry_after)
    return response


def _mark(row: Picture) -> str:
    """Return what changes when the page has something new to say."""
    return f"{row.state}-{_before(row)}" if row.state in _UNDER_WAY else row.state


def _before(row: Picture) -> int:
    """Return how many pictures are read before this one."""
    return Picture.objects.filter(state__in=_UNDER_WAY, at__lt=row.at).count()


urlpatterns = [
    path("r/<str:code>/picture/", picture, name="picture"),
    path("r/<str:code>/picture/ask/", confirm, name="picture-ask"),
    path("r/<str:code>/picture/image.webp", image, name="picture-image"),
]
