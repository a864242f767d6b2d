"""The page of a receipt code: where a question stands, the answer when it is there, and what its asker may do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kiemtin.audit.outage import if_it_can_be_written
from kiemtin.public.origin import open_form
from kiemtin.public.pages import others, show
from kiemtin.public.private import private
from kiemtin.public.receipt_page import mark_of, receipt_context, receipt_path
from kiemtin.public.views.errors import too_many
from kiemtin.public.views.picture import place_of
from kiemtin.questions.actions.decide_match import decide_match, decline_matches
from kiemtin.questions.actions.leave_address import leave_address
from kiemtin.questions.actions.note_shown import note_shown
from kiemtin.questions.enums import Decision
from kiemtin.questions.exceptions import AddressError
from kiemtin.questions.limits import client_address, take_look_up
from kiemtin.questions.models import Match, Request
from kiemtin.questions.pictures import picture_of
from kiemtin.questions.receipts import request_of, status_of
from kiemtin.questions.refusals import RefusalError, TooManyError, UnknownCodeError

_FETCHED_AHEAD = ("prefetch", "prerender", "preview")


def with_receipt(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Find the question of the code in the address; ask for the code again where there is none."""

    @wraps(view)
    def respond(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        try:
            asked = request_of(code)
        except UnknownCodeError as error:
            picture = picture_of(code)
            if picture is None:
                return _unknown(request, code, error)
            return HttpResponseRedirect(place_of(picture))
        return view(request, asked, *args, **kwargs)

    return respond


@private
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a receipt code."""
    code = request.GET.get("code", "").strip()
    if not code:
        return show(request, "public/receipt_find.html", {})
    if (picture := picture_of(code)) is not None:
        return HttpResponseRedirect(place_of(picture))
    try:
        return HttpResponseRedirect(reverse("public:receipt", args=[request_of(code).code]))
    except UnknownCodeError as error:
        return _unknown(request, code, error)


@private
@require_safe
@with_receipt
def short(request: HttpRequest, asked: Request) -> HttpResponse:
    """Lead the short link, which has no language, to the language of the question."""
    return HttpResponseRedirect(receipt_path(asked.code, asked.language))


@private
@require_safe
@with_receipt
def receipt(request: HttpRequest, asked: Request) -> HttpResponse:
    """Show where a question stands; with `seen`, only what is new since."""
    here = reverse("public:receipt", args=[asked.code])
    if request.path != here:
        return HttpResponseRedirect(here)
    status = status_of(asked, is_fresh=True)
    is_poll = bool(getattr(request, "htmx", False))
    if is_poll and request.GET.get("seen") == mark_of(status):
        return HttpResponse(status=204)
    context = receipt_context(status)
    if status.answer is not None and _is_seen(request):
        with if_it_can_be_written():
            note_shown(request=asked, answer=status.answer)
    return _page(request, context, "public/_receipt_news.html" if is_poll else "public/receipt.html")


@private
@open_form
@require_POST
@with_receipt
def decide(request: HttpRequest, asked: Request) -> HttpResponse:
    """Take the asker's yes or no to one choice, or that it is none of them."""
    try:
        _decide(asked, request.POST.get("answer", ""), request.POST.get("match", ""))
    except RefusalError as error:
        return _page(request, receipt_context(status_of(asked)) | {"error": error.sentence}, status=422)
    return HttpResponseRedirect(reverse("public:receipt", args=[asked.code]))


@private
@open_form
@require_http_methods(["GET", "HEAD", "POST"])
@with_receipt
def address(request: HttpRequest, asked: Request) -> HttpResponse:
    """Take a mail address to tell the answer to."""
    here = reverse("public:receipt", args=[asked.code])
    if request.method == "POST":
        typed = request.POST.get("address", "")
        try:
            leave_address(request=asked, address=typed)
        except AddressError as error:
            context = receipt_context(status_of(asked)) | {"typed": typed, "address_error": error.sentence}
            return _page(request, context, status=422)
    return HttpResponseRedirect(f"{here}#tell")


def _page(
    request: HttpRequest, context: dict[str, object], template: str = "public/receipt.html", *, status: int = 200
) -> HttpResponse:
    """Answer with the page of a receipt, which nothing links to: the code is in its address."""
    path = reverse("public:receipt", args=[context["path_code"]])
    context = {**context, "canonical": ""}
    return show(request, template, context, alternates=others(path), translations=(), status=status)


def _decide(asked: Request, answer: str, match: str) -> None:
    if answer == "none":
        decline_matches(request=asked)
    elif answer in (Decision.YES, Decision.NO):
        pk = int(match) if match.isascii() and match.isdigit() and len(match) < 19 else 0
        decide_match(request=asked, match=Match(pk=pk), decision=Decision(answer))


def _is_seen(request: HttpRequest) -> bool:
    """Whether somebody looks at the page: not one that a browser fetches in case it is wanted."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and not any(word in purpose for word in _FETCHED_AHEAD)


def _unknown(request: HttpRequest, typed: str, error: UnknownCodeError) -> HttpResponse:
    """Ask for the code again, a limited number of times."""
    try:
        take_look_up(client_address(request.META, proxies=settings.KIEMTIN_PROXIES))
    except TooManyError as flood:
        return too_many(request, flood)
    context = {"typed": typed[:40], "error": error.sentence, "canonical": ""}
    return show(request, "public/receipt_find.html", context, alternates=(), translations=(), status=404)


urlpatterns = [
    path("r/", find, name="receipt-find"),
    path("r/<str:code>", short, name="receipt-short"),
    path("r/<str:code>/", receipt, name="receipt"),
    path("r/<str:code>/decide/", decide, name="decide"),
    path("r/<str:code>/address/", address, name="receipt-address"),
]
