"""The public log: a page that tells what it is, and what programs need to check it (C2SP tlog-tiles).

What programs read is open to scripts of other sites. Tiles never change once they are there, so caches may keep them.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import NoReverseMatch, path, reverse
from django.views.decorators.http import require_safe

from kiemtin.accounts.enums import PageKind
from kiemtin.audit.exceptions import EntryError, LogKeyError
from kiemtin.audit.models import LogEntry, LogHead, PublicLog
from kiemtin.audit.publiclog.append import root_text
from kiemtin.audit.publiclog.entries import Entry, Kind
from kiemtin.audit.publiclog.log_key import log_key
from kiemtin.audit.publiclog.notes import public_key
from kiemtin.audit.publiclog.proofs import inclusion_path, proof_text
from kiemtin.audit.publiclog.stored import latest_head, leaves, next_index, raw, tile_bytes
from kiemtin.audit.publiclog.tiles import tile_of
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.log_now import published_now, standing_now
from kiemtin.public.pages import show

_A_PAGE = 20
_FOR_GOOD = "public, max-age=31536000, immutable"
_AT_ONCE = "public, max-age=0, must-revalidate"
_TEXT, _BYTES, _LINES = "text/plain; charset=utf-8", "application/octet-stream", "application/x-ndjson; charset=utf-8"
_MOST = 2**63 - 1

Answer = TypeVar("Answer", bound=HttpResponseBase)


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry on a page; `entry` is None if what is stored is no entry."""

    index: int
    leaf: bytes
    entry: Entry | None

    @property
    def kind(self) -> str:
        """What happened, in words."""
        return str(Kind(self.entry.kind).label) if self.entry else ""

    @property
    def page(self) -> str:
        """Which page of a desk it is about, in words."""
        kind = self.entry.page if self.entry else ""
        return str(PageKind(kind).label) if kind in PageKind.values else kind

    @property
    def address(self) -> str:
        """Where the version is that it is about; empty of a case."""
        one = self.entry
        if one is None or one.case:
            return ""
        try:
            if one.check:
                return reverse("public:revision", args=(one.check, one.revision))
            if one.alert:
                return reverse("public:alert-revisions", args=(one.alert,)) + f"#v{one.revision}"
            return reverse("public:page-version", args=(one.desk, one.page, one.language, one.revision))
        except NoReverseMatch:
            return ""

    @property
    def at(self) -> dt.datetime | None:
        """When it happened."""
        try:
            return dt.datetime.fromisoformat(self.entry.at) if self.entry else None
        except ValueError:
            return None

    @property
    def text(self) -> str:
        """The entry for reading: the same JSON on several lines."""
        try:
            return json.dumps(json.loads(self.leaf), ensure_ascii=False, indent=2)
        except ValueError:
            return self.leaf.decode("utf-8", errors="replace")


def _shown(row: LogEntry) -> ShownEntry:
    leaf = raw(row.leaf)
    try:
        return ShownEntry(row.index, leaf, Entry.of_leaf(leaf))
    except EntryError:
        return ShownEntry(row.index, leaf, None)


def _mark(request: HttpRequest, **numbers: int) -> Mark:
    head = latest_head()
    return Mark((head and head.size, next_index(), request.GET.get("page", "")))


@require_safe
@by_revision(_mark)
def log(request: HttpRequest) -> HttpResponse:
    """Say what the log is, what was signed last, and how anybody can check it; list the entries, newest first."""
    head = latest_head()
    page = Paginator(LogEntry.objects.order_by("-index"), _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "head": head,
        "root": root_text(head) if head else "",
        "unsigned": next_index() - (head.size if head else 0),
        "page": page,
        "entries": [_shown(row) for row in page.object_list],
        "key": _key(),
        "address": settings.KIEMTIN_ADDRESS,
    }
    return show(request, "public/log.html", context)


@require_safe
@by_revision(_mark)
def entry(request: HttpRequest, index: int) -> HttpResponse:
    """Show an entry with the proof that it is in the log."""
    row, head = _row_or_404(index), latest_head()
    is_signed = head is not None and index < head.size
    context = {
        "shown": _shown(row),
        "digest": raw(row.digest).hex(),
        "head": head if is_signed else None,
        "path": inclusion_path(index, head) if head and is_signed else (),
    }
    return show(request, "public/log_entry.html", context, translations=())


@require_safe
def proof(request: HttpRequest, index: int) -> HttpResponse:
    """Give the proof of an entry under the latest head, to be kept and checked without this site."""
    row, head = _row_or_404(index), latest_head()
    if head is None or row.index >= head.size:
        raise Http404("it is not signed")
    return _open(HttpResponse(proof_text(index, head), content_type=_TEXT), _AT_ONCE)


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """Give the latest signed head."""
    head = latest_head()
    if head is None:
        raise Http404("nothing was signed yet")
    return _open(HttpResponse(head.note, content_type=_TEXT), _AT_ONCE)


@require_safe
def old_checkpoint(request: HttpRequest, size: int) -> HttpResponse:
    """Give the head that was signed at a size."""
    head = LogHead.objects.filter(size=size).first() if size <= _MOST else None
    if head is None:
        raise Http404("no head of this size was signed")
    return _open(HttpResponse(head.note, content_type=_TEXT), _FOR_GOOD)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """Give the key that verifies the heads."""
    found = _key()
    if not found:
        raise Http404("there is no key")
    return _open(HttpResponse(found + "\n", content_type=_TEXT), _AT_ONCE)


@require_safe
def tile(request: HttpRequest, name: str) -> HttpResponse:
    """Give a tile of hashes or a bundle of entries."""
    asked = tile_of(name)
    found = tile_bytes(asked) if asked else None
    if found is None:
        raise Http404("no such tile")
    return _open(HttpResponse(found, content_type=_BYTES), _FOR_GOOD)


@require_safe
def published(request: HttpRequest, name: str) -> HttpResponseBase:
    """Give what is published now of the entries of a bundle: a line of JSON for each."""
    asked, head = tile_of(f"entries/{name}"), latest_head()
    if asked is None or head is None or not asked.is_in(head.size):
        raise Http404("no such entries")
    lines = published_now(leaves(asked.start, asked.end)) if request.method == "GET" else ()
    return _open(StreamingHttpResponse(lines, content_type=_LINES), "no-store")


@require_safe
def standing(request: HttpRequest) -> HttpResponseBase:
    """Give the latest version of each scam alert that stands and of each page of a desk: a line of JSON for each."""
    lines = standing_now() if request.method == "GET" else ()
    return _open(StreamingHttpResponse(lines, content_type=_LINES), "no-store")


def _row_or_404(index: int) -> LogEntry:
    row = LogEntry.objects.filter(index=index).first() if index <= _MOST else None
    if row is None:
        raise Http404("no such entry")
    return row


def _key() -> str:
    row = PublicLog.objects.first()
    if row is None:
        return ""
    try:
        return public_key(log_key(may_make=False), origin=row.origin)
    except LogKeyError:
        return ""


def _open(response: Answer, keeping: str) -> Answer:
    response["Cache-Control"] = keeping
    response["Access-Control-Allow-Origin"] = "*"
    return response


urlpatterns = [
    path("log/", log, name="log"),
    path("log/checkpoint", checkpoint, name="log-checkpoint"),
    path("log/checkpoint/<int:size>", old_checkpoint, name="log-head"),
    path("log/key", key, name="log-key"),
    path("log/tile/<path:name>", tile, name="log-tile"),
    path("log/published/<path:name>", published, name="log-published"),
    path("log/standing", standing, name="log-standing"),
    path("log/entry/<int:index>/", entry, name="log-entry"),
    path("log/entry/<int:index>.tlog-proof", proof, name="log-proof"),
]
