"""A check on other people's pages: the card, and oEmbed, which tells programs of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from kiemtin.checks.published import with_pages
from kiemtin.public.addresses import check_path, own_language
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.framing import may_be_framed
from kiemtin.public.oembed import EmbedError, NotHereError, embed, read_wish
from kiemtin.public.pages import show
from kiemtin.public.views.check import check_context, fact_check_or_404, mark_of
from kiemtin.public.views.widget import theme_of


def _mark(request: HttpRequest, pk: int) -> Mark:
    mark = mark_of(fact_check_or_404(pk))
    return Mark((*mark.parts, theme_of(request)), mark.changed)


@may_be_framed
@require_safe
@by_revision(_mark)
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a check as a card; a withdrawn one says so where it was embedded."""
    fact_check = fact_check_or_404(pk)
    context = {**check_context(fact_check, fact_check.latest), "theme": theme_of(request)}
    canonical = check_path(fact_check, own_language(fact_check))
    return show(request, "public/embed.html", context, canonical=canonical, translations=())


@require_safe
@cache_control(public=True, max_age=300)
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer with what shows a check, or say why not: 400, 404 for what is no check that stands, 501 for a format."""
    try:
        wish = read_wish(request.GET.dict())
        check = with_pages().filter(pk=wish.number).first()
        if check is None:
            raise NotHereError("no such fact-check")
        response = JsonResponse(embed(check, wish), json_dumps_params={"ensure_ascii": False})
    except EmbedError as error:
        told = {"error": {"code": error.code, "message": str(error)}}
        response = JsonResponse(told, status=error.status)
    response["Access-Control-Allow-Origin"] = "*"
    return response


urlpatterns = [path("checks/<int:pk>/embed/", card, name="embed"), path("oembed", oembed, name="oembed")]
