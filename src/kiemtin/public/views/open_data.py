"""Open data: the page that lists the months, and their files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.cache import patch_cache_control
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.views.decorators.http import condition, require_safe

from kiemtin.exchange.opendata.catalogue import DataFile, Month, month_of, months
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.pages import show

_FRESH = 60  # seconds: a text that is taken out of a month is gone from caches soon after
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class ShownFile:
    """One file; `rows` is None where it is no table."""

    file: DataFile
    rows: int | None


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """One month: its name in words, the day of the latest change in it, and the path of its data card."""

    month: Month
    label: str
    state: dt.date | None
    card: str
    files: tuple[ShownFile, ...]


def _mark(request: HttpRequest) -> Mark:
    return Mark(tuple(month.zip for month in months()))


@require_safe
@by_revision(_mark)
def data(request: HttpRequest) -> HttpResponse:
    """List what is offered, newest month first."""
    return show(request, "public/data.html", {"months": [_shown(month) for month in months()]})


def _shown(month: Month) -> ShownMonth:
    card = "README.vi.md" if get_language() == "vi" else "README.md"
    files = tuple(ShownFile(file, month.rows.get(PurePosixPath(file.path).stem)) for file in month.files)
    first = dt.date.fromisoformat(f"{month.name}-01")
    state = dt.date.fromisoformat(month.date) if month.date else None
    return ShownMonth(month, date_format(first, gettext("F Y"), use_l10n=False), state, card, files)


def _tag(request: HttpRequest, month: str, name: str) -> str | None:
    file = _file(month, name)
    return f'"{file.sha256}"' if file else None


@require_safe
@condition(etag_func=_tag)
def data_file(request: HttpRequest, month: str, name: str) -> HttpResponseBase:
    """Give one file of a month."""
    known, file = month_of(month), _file(month, name)
    if known is None or file is None:
        raise Http404("no such file")
    # Given as it is: its SHA-256 stands in the list, and what is large in it is compressed already.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    try:
        stream = known.place(file).open("rb")
    except FileNotFoundError:  # the month is being replaced just now
        raise Http404("no such file") from None
    kind = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    response = FileResponse(stream, content_type=kind)
    response["Content-Length"] = str(file.bytes)
    if name.endswith((".csv", ".parquet", ".zip")):
        response["Content-Disposition"] = f'attachment; filename="{name.rpartition("/")[2]}"'
    response["Access-Control-Allow-Origin"] = "*"  # public data, for notebooks that run in a browser
    patch_cache_control(response, public=True, max_age=_FRESH)
    return response


def _file(month: str, name: str) -> DataFile | None:
    known = month_of(month)
    return known.file(name) if known else None


urlpatterns = [
    path("data/", data, name="data"),
    path("data/<str:month>/<path:name>", data_file, name="data-file"),
]
