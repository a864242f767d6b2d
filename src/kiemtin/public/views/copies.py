"""Stored copies of sources: what each is and how to verify it, and the file where its licence lets readers have it.

What strangers wrote is never shown as a page of ours: files go out as downloads, and of a page its text alone is shown.
"""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from kiemtin.checks.copies import cited_as, told_copy
from kiemtin.checks.models import StoredCopy
from kiemtin.exchange.copy_files import download, file_name
from kiemtin.matching.language import guess_language
from kiemtin.public.caching import Mark, by_revision
from kiemtin.public.pages import show

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FRESH = 60  # seconds: a copy that may no longer be given is gone from caches soon after
_GUESSED_FROM = 2_000


def _copy_or_404(sha256: str) -> StoredCopy:
    copy = told_copy(sha256) if _SHA256.fullmatch(sha256) else None
    if copy is None:
        raise Http404("no such copy")
    return copy


def _mark(request: HttpRequest, sha256: str) -> Mark:
    copy = _copy_or_404(sha256)
    check = copy.fact_check
    parts = (copy.pk, copy.licence, copy.changed, check.latest_id, check.slug, check.desk.name)
    return Mark(parts, max(copy.changed, check.changed or copy.changed))


@require_safe
@by_revision(_mark)
def copy(request: HttpRequest, sha256: str) -> HttpResponse:
    """Say what a copy is, when it was taken and how to verify it; give its text where readers may have it."""
    found = _copy_or_404(sha256)
    text = found.text if found.is_public else ""
    context = {
        "copy": found,
        "check": found.fact_check,
        "cited": cited_as(found),
        "file_name": file_name(found),
        "is_archive": found.media_type == "application/warc",
        "is_picture": found.media_type.startswith("image/"),
        "lines": text.splitlines(),
        "text_language": guess_language(text[:_GUESSED_FROM]).language or "",
    }
    return show(request, "public/copy.html", context)


def _tag(request: HttpRequest, sha256: str) -> str | None:
    found = told_copy(sha256) if _SHA256.fullmatch(sha256) else None
    return f'"{sha256}"' if found and found.is_public else None


@require_safe
@condition(etag_func=_tag)
def copy_file(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """Give the file of a copy, as a download and never as a page."""
    found = _copy_or_404(sha256)
    if not found.is_public:
        raise Http404("this copy is only named")
    # Given as it is: its SHA-256 is what it is known by.
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    try:
        response = download(found)
    except FileNotFoundError:
        raise Http404("the file is not in the store") from None
    patch_cache_control(response, public=True, max_age=_FRESH)
    response["X-Robots-Tag"] = "noindex"
    return response


urlpatterns = [
    path("copies/<slug:sha256>/", copy, name="copy"),
    path("copies/<slug:sha256>/file", copy_file, name="copy-file"),
]
