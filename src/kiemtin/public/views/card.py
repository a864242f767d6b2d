"""The picture of a check, for link previews and chat groups."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_safe

from kiemtin.public.addresses import card_path
from kiemtin.public.card_files import SHAPES, card
from kiemtin.public.views.check import fact_check_or_404

_YEAR = 365 * 86_400


@require_safe
def picture(request: HttpRequest, pk: int, shape: str, number: int) -> HttpResponse:
    """Give the picture of the latest revision, and lead there from any earlier one.

    The number in the address makes the picture one that never changes. An old address is not kept for long, so that a
    preview made from it shows what holds now.
    """
    fact_check = fact_check_or_404(pk)
    latest = fact_check.latest
    if latest is None or shape not in SHAPES or not 1 <= number <= latest.number:
        raise Http404("no such picture")
    if number != latest.number:
        response: HttpResponse = HttpResponseRedirect(card_path(fact_check, shape))
        response["Cache-Control"] = "public, max-age=60"
        return response
    response = HttpResponse(card(fact_check, latest, shape), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    response["Content-Disposition"] = f'inline; filename="kiemtin-{pk}-{shape}.png"'
    return response


urlpatterns = [path("checks/<int:pk>/card-<slug:shape>-r<int:number>.png", picture, name="card")]
