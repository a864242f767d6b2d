"""What happened at a desk, from the newest, for its administrators. Nothing in the log can be changed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from kiemtin.audit.models import Event
from kiemtin.audit.record import record
from kiemtin.checks.workflow import Action
from kiemtin.desk.access import DeskRequest, desk_view
from kiemtin.desk.event_lines import Line, lines
from kiemtin.desk.forms.log import LogFilter
from kiemtin.desk.worker_state import worker_state
from kiemtin.exchange.spreadsheet import as_text

_PAGE = 50
_ROWS = 500
_COLUMNS = ("time", "who", "what", "about", "actor", "verb", "object", "number", "detail")


@desk_view(Action.SEE_LOG)
def log(request: DeskRequest) -> HttpResponse:
    """Show the events of the desk, or of the installation, that fit the filter; older ones page by page."""
    shown = LogFilter(request.GET, desk=request.desk)
    before = _number(request.GET, "before")
    found = list(_before(shown.events(), before)[: _PAGE + 1])
    page, has_more = found[:_PAGE], len(found) > _PAGE
    context = {
        "nav": "log",
        "filter": shown,
        "lines": lines(page),
        "is_first": not before,
        "older": f"?{shown.query}&before={page[-1].pk}" if has_more else "",
        "newest": f"?{shown.query}",
        **worker_state(),
    }
    return render(request, "desk/log.html", context)


@require_POST
@desk_view(Action.SEE_LOG)
def download(request: DeskRequest) -> StreamingHttpResponse:
    """Give the events that fit the filter as a table, and note that somebody took them."""
    shown = LogFilter(request.POST, desk=request.desk)
    with transaction.atomic():
        record(by=request.user.actor, verb="log.downloaded", desk=request.desk.slug, object_type="log")
    response = StreamingHttpResponse(_rows(shown.events()), content_type="text/csv; charset=utf-8")
    name = f"log-{request.desk.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _before(events: QuerySet[Event], pk: int) -> QuerySet[Event]:
    """Return the events before one. Pages are cut by number: a count of a log that only grows would cost ever more."""
    return events.filter(pk__lt=pk) if pk else events


class _Echo:
    """Hands on what is written to it."""

    def write(self, text: str) -> str:
        return text


def _rows(events: QuerySet[Event]) -> Iterator[str]:
    """Yield the lines of the table, read in parts, so that neither memory nor a transaction grows with the log."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow(_COLUMNS))  # the mark by which spreadsheets know UTF-8
    before = 0
    while part := list(_before(events, before)[:_ROWS]):
        before = part[-1].pk
        for line in lines(part):
            yield str(writer.writerow([as_text(cell) for cell in _cells(line)]))


def _cells(line: Line) -> tuple[str, ...]:
    event = line.event
    detail = json.dumps(event.detail, ensure_ascii=False, sort_keys=True) if event.detail else ""
    what = (line.who, line.what, line.more, event.actor, event.verb, event.object_type, event.object_id, detail)
    return timezone.localtime(event.at).isoformat(timespec="seconds"), *what


def _number(data: QueryDict, name: str) -> int:
    text = data.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


urlpatterns = [path("log/", log, name="log"), path("log/csv/", download, name="log-csv")]
