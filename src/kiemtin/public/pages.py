"""What every page for readers has: its address in each language, and how robots should treat it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
_ODD = re.compile(r"[\\\x00-\x20\x7f]")  # what browsers take for a slash, or leave out
_OWN_NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page in another language: `code` and `name` of the language in its own words, `url` without the host."""

    code: str
    name: str
    url: str


def alternate(code: str, url: str) -> Alternate:
    """Return the link to a page in another language."""
    return Alternate(code, _OWN_NAMES.get(code, code), url)


def others(path: str) -> tuple[Alternate, ...]:
    """Return the same page in the other languages."""
    here, place = get_language(), _on_this_site(path)
    return tuple(alternate(code, translate_url(place, code)) for code in LANGUAGES if code != here)


def _on_this_site(path: str) -> str:
    """Return a path that somebody asked for so that a browser cannot take its beginning for another host."""
    return "/" + _ODD.sub(lambda sign: f"%{ord(sign[0]):02X}", path).lstrip("/")


def show(  # noqa: PLR0913  (what a page has)
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    canonical: str = "",
    language: str = "",
    alternates: Sequence[Alternate] | None = None,
    translations: Sequence[Alternate] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with a page.

    Parameters
    ----------
    canonical
        Path under which the content is known; the request's own by default.
    language
        What the content is written in; the language of the frame by default.
    alternates
        Where the language switch leads; the same page in the other languages by default.
    translations
        Pages that search engines may take for translations of this one; `alternates` by default.
    """
    here = canonical or request.path
    links = others(request.path) if alternates is None else tuple(alternates)
    told = links if translations is None else tuple(translations)
    hreflang = [alternate(language or get_language() or settings.LANGUAGE_CODE, here), *told] if told else []
    frame = {"canonical": here, "alternates": links, "hreflang": hreflang}
    return render(request, template, {**frame, **(context or {})}, status=status)
