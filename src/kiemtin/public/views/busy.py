"""The page for whom there is no room just now. Made in the middle of a flood: it asks nothing and loads nothing."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from functools import cache, lru_cache

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.http import escape_leading_slashes
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_from_path, override

from kiemtin.public.origin import from_here

_HOLE = "\x1a%s\x1a"  # where something goes that differs each time; no text of ours has such a sign
_HOLES = ("address", "hidden", "text")


def busy(request: HttpRequest, *, seconds: int, holds_secrets: bool, has_picture: bool) -> HttpResponse:
    """Say that there is no room; who sent a form gets back what was in it, ready to be sent again.

    Parameters
    ----------
    seconds
        When to try again.
    holds_secrets
        Whether a form is never given back: one with a password.
    has_picture
        Whether a picture was sent, which cannot be given back.
    """
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    fields = {} if holds_secrets else _sent(request)
    shape = "read" if request.method in ("GET", "HEAD") else _shape(fields, has_picture)
    text = fields.pop("text", "")
    told = {
        "address": escape(escape_leading_slashes(request.get_full_path())),
        "hidden": _hidden(fields),
        "text": escape(text),
    }
    pieces = _pieces(language, shape, seconds)
    page = [told[piece] if at % 2 else piece for at, piece in enumerate(pieces)]
    response = HttpResponse("".join(page), status=503)
    response["Retry-After"] = str(seconds)
    response["Content-Language"] = language
    response["Content-Security-Policy"] = _sheet()[1]
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Frame-Options"] = "DENY"
    return response


def _shape(fields: dict[str, str], has_picture: bool) -> str:
    if has_picture:
        return "picture"
    return "text" if "text" in fields else "again" if fields else "lost"


def _sent(request: HttpRequest) -> dict[str, str]:
    """Return the fields of a form from a page of ours, once it is all here; a slow one is not waited for."""
    if request.method != "POST" or not isinstance(request.META["wsgi.input"], io.BytesIO) or not from_here(request):
        return {}
    try:
        return {name: str(value) for name, value in request.POST.items()}
    except (MultiPartParserError, RequestDataTooBig, SuspiciousOperation, UnicodeError):
        return {}


def _hidden(fields: dict[str, str]) -> str:
    return "".join(format_html('<input type="hidden" name="{}" value="{}">', *field) for field in fields.items())


@lru_cache(maxsize=256)
def _pieces(language: str, shape: str, seconds: int) -> tuple[str, ...]:
    """Return the page, cut where something goes that differs each time: every second piece is one of `_HOLES`."""
    context = {name: mark_safe(_HOLE % name) for name in _HOLES} | {"shape": shape, "seconds": seconds}  # noqa: S308
    with override(language):
        page = render_to_string("kiemtin/errors/503.html", context | {"sheet": _sheet()[0]})
    return tuple(re.split(f"\x1a({'|'.join(_HOLES)})\x1a", page))


@cache
def _sheet() -> tuple[SafeString, str]:
    """Return the look of the page, and the policy that allows this look and nothing else."""
    style = render_to_string("kiemtin/errors/503.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; base-uri 'none'"
    return mark_safe(f"<style>{style}</style>"), f"{policy}; frame-ancestors 'none'"  # noqa: S308  (a file of ours)
