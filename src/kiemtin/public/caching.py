"""Pages for readers are kept by what they show: an entity tag from the revisions on them, asked of the database first.

A page that did not change costs one or two small queries: the reader's copy is confirmed (304), or the page that this
process kept is given again. No page here depends on who reads it, so shared caches may keep it too.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import condition

import kiemtin

View = Callable[..., HttpResponseBase]

_FRESH, _STALE = 60, 120  # seconds that a cache may give a page unasked, and meanwhile ask for a new one
_KEPT = 600  # seconds that this process keeps a page
_LEVEL = 6  # of compression, as Django's
_TAKES_GZIP = re.compile(r"\bgzip\b")
_SHOWN = frozenset({".html", ".svg", ".css", ".js", ".mo", ".py"})


@dataclass(frozen=True, slots=True)
class Mark:
    """What a page shows, in short.

    Attributes
    ----------
    parts
        Everything that the content follows from: numbers of revisions, names, moments.
    changed
        When it last changed, where that can be said.
    """

    parts: tuple[object, ...]
    changed: dt.datetime | None = None


def by_revision(mark_of: Callable[..., Mark | None], *, is_open: bool = False) -> Callable[[View], View]:
    """Answer from what is kept as long as the mark of the page stays the same.

    Parameters
    ----------
    mark_of
        Takes the arguments of the view; None means that the view must be asked (to say 404, or to redirect).
    is_open
        Whether scripts on other sites may read the answer (CORS): for what is meant to be reused.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
            mark = mark_of(request, *args, **kwargs)
            if mark is None:
                return view(request, *args, **kwargs)
            tag = _tag(request, mark)
            answer = condition(lambda *_, **__: tag, lambda *_, **__: mark.changed)(_keep(view, tag))
            response = answer(request, *args, **kwargs)
            if response.status_code in (200, 304):
                patch_cache_control(response, public=True, max_age=_FRESH, stale_while_revalidate=_STALE)
                if is_open:
                    response["Access-Control-Allow-Origin"] = "*"
            return response

        return respond

    return decorate


def _keep(view: View, tag: str) -> View:
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401
        if kept := caches["pages"].get(tag):
            return _given_again(request, tag, *kept)
        response = view(request, *args, **kwargs)
        # What is sent as a stream is large: it is confirmed, never kept here.
        if isinstance(response, HttpResponse) and response.status_code == 200 and not response.cookies:
            packed = gzip.compress(response.content, _LEVEL, mtime=0)
            caches["pages"].set(tag, (packed, response["Content-Type"]), _KEPT)
        return response

    return respond


def _given_again(request: HttpRequest, tag: str, packed: bytes, kind: str) -> HttpResponse:
    """Give a kept page as it is kept: to compress it anew would take longer than all else. Nothing in it is secret."""
    if not _TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")):
        return HttpResponse(gzip.decompress(packed), content_type=kind)
    response = HttpResponse(packed, content_type=kind, headers={"Content-Encoding": "gzip", "ETag": f"W/{tag}"})
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _tag(request: HttpRequest, mark: Mark) -> str:
    """Return the entity tag: of the page's address, its language, what it shows, and the program that shows it."""
    told = (request.path, get_language(), settings.KIEMTIN_ADDRESS, site_version(), *mark.parts)
    return f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'


@cache
def site_version() -> str:
    """Hash over the program as it is installed: pages kept under another version are not given again."""
    digest = hashlib.sha256()
    for path in sorted(Path(kiemtin.__file__).parent.rglob("*")):
        if path.suffix in _SHOWN:
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]
