"""Each person's own views of the queue: save, rename, delete."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiemtin.checks.exceptions import NotAllowedError, WorkError
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.forms.queue import QueueFilter
from kiemtin.desk.queue import people_of
from kiemtin.questions.actions.delete_view import delete_view
from kiemtin.questions.actions.rename_view import rename_view
from kiemtin.questions.actions.save_view import save_view
from kiemtin.questions.models import SavedView


@desk_view(Action.SAVE_VIEW)
def views(request: DeskRequest) -> HttpResponse:
    """List one's own views; a POST saves one."""
    if request.method != "POST":
        return _page(request)
    # Only what the filter understands is kept, in its own writing.
    given = QueryDict(request.POST.get("query", "")[:2000])
    query = QueueFilter(given, user=request.user, people=people_of(request.desk)).query()
    try:
        view = save_view(desk=request.desk, by=request.user, name=request.POST.get("name", "")[:200], query=query)
    except NotAllowedError:
        raise
    except WorkError as error:
        return _page(request, error=sentence(error), query=query, name=request.POST.get("name", "")[:200])
    messages.success(request, _("Saved as “%(name)s”.") % {"name": view.name})
    return redirect(f"{reverse('desk:queue', args=[request.desk.slug])}?{view.query}")


@require_POST
@desk_view(Action.SAVE_VIEW)
def view(request: DeskRequest, pk: int) -> HttpResponse:
    """Rename or delete one."""
    row = get_object_or_404(SavedView, pk=pk, desk=request.desk, owner=request.user)
    try:
        if "delete" in request.POST:
            delete_view(view=row, by=request.user)
            messages.success(request, _("Deleted."))
        else:
            rename_view(view=row, by=request.user, name=request.POST.get("name", "")[:200])
            messages.success(request, _("Renamed."))
    except NotAllowedError:
        raise
    except WorkError as error:
        return _page(request, error=sentence(error), wrong=row.pk, name=request.POST.get("name", "")[:200])
    return redirect("desk:views", request.desk.slug)


def _page(request: DeskRequest, *, error: str = "", **more: object) -> HttpResponse:
    mine = SavedView.objects.filter(desk=request.desk, owner=request.user)
    context = {"nav": "queue", "views": mine, "query": request.GET.get("query", "")[:2000], "error": error} | more
    return render(request, "desk/views.html", context, status=422 if error else 200)


urlpatterns = [
    path("views/", views, name="views"),
    path("views/<int:pk>/", view, name="view"),
]
