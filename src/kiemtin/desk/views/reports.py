"""What readers think is wrong with published checks."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kiemtin.checks.exceptions import NotAllowedError, WorkError
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.errors import sentence
from kiemtin.desk.message_parts import parts_of
from kiemtin.questions.actions.handle_report import handle_report
from kiemtin.questions.models import ErrorReport

_A_PAGE = 30
_TEXT = 5_000


@desk_view(Action.READ_CHECK)
def reports(request: DeskRequest) -> HttpResponse:
    """List the open reports, the oldest first, or those that are done with."""
    return _page(request, show=request.GET.get("show", ""))


@require_POST
@desk_view(Action.HANDLE_REPORT)
def handle(request: DeskRequest, pk: int) -> HttpResponse:
    """Say what came of a report."""
    row = get_object_or_404(ErrorReport, pk=pk, fact_check__desk=request.desk)
    outcome = request.POST.get("outcome", "")[:_TEXT]
    try:
        handle_report(report=row, by=request.user, outcome=outcome)
    except NotAllowedError:
        raise
    except WorkError as error:
        return _page(request, failed=row.pk, error=sentence(error), outcome=outcome)
    messages.success(request, _("Done with this report."))
    return redirect("desk:reports", request.desk.slug)


def _page(request: DeskRequest, *, show: str = "", error: str = "", **more: object) -> HttpResponse:
    is_done = show == "done"
    rows = ErrorReport.objects.filter(fact_check__desk=request.desk, handled__isnull=not is_done)
    rows = rows.select_related("fact_check__latest", "revision", "handled_by")
    ordered = rows.order_by("-handled", "-pk") if is_done else rows.order_by(F("at").asc(), "pk")
    page = Paginator(ordered, _A_PAGE).get_page(request.GET.get("page"))
    tabs = [
        {"text": _("Open reports"), "url": "?", "current": not is_done},
        {"text": _("Done with"), "url": "?show=done", "current": is_done},
    ]
    context = {
        "nav": "reports",
        "page": page,
        "rows": [{"report": report, "parts": parts_of(report.text)} for report in page.object_list],
        "tabs": tabs,
        "is_done": is_done,
        "query": "show=done" if is_done else "",
        "error": error,
    }
    return render(request, "desk/reports.html", context | more, status=422 if error else 200)


urlpatterns = [
    path("reports/", reports, name="reports"),
    path("reports/<int:pk>/", handle, name="handle-report"),
]
