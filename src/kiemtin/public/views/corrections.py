"""Everything that was corrected or withdrawn, newest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.pages import show
from kiemtin.public.readings import changes, library_state

_A_PAGE = 20


def _mark(request: HttpRequest) -> Mark:
    state, changed = library_state()
    return Mark((state, request.GET.get("page", "")), changed)


@require_safe
@by_revision(_mark)
def corrections(request: HttpRequest) -> HttpResponse:
    """List corrections and withdrawals with their public notes."""
    page = Paginator(changes(), _A_PAGE).get_page(request.GET.get("page"))
    return show(request, "public/corrections.html", {"page": page})


urlpatterns = [path("corrections/", corrections, name="corrections")]
