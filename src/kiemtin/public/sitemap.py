"""The map of the site for search engines (https://www.sitemaps.org/protocol.html), with translations as alternates.

Each content is told under one address in each language. Withdrawn checks are left out: their pages ask not to be found.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kiemtin.accounts.models import Desk, DeskPage
from kiemtin.checks.alerts import public_alerts
from kiemtin.checks.models import FactCheck
from kiemtin.checks.published import ANSWERS, public_checks
from kiemtin.public.addresses import alert_home, check_path, own_language
from kiemtin.public.pages import LANGUAGES

MOST = 10_000
"""Checks in one file; the protocol allows 50,000 addresses and 50 MB, and alternates make each of them long."""

PAGES = (
    "home",
    "checks",
    "corrections",
    "alerts",
    "method",
    "scale",
    "about",
    "corrections-policy",
    "contact",
    "privacy",
    "reuse",
    "log",
)
_CHANGING = ("home", "checks", "corrections", "alerts")
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEEDED = ("pk", "slug", "language", "work", "changed")


@dataclass(frozen=True, slots=True)
class Place:
    """An address: its path, when it last changed if that is known, and its paths by language, itself among them."""

    path: str
    changed: dt.datetime | None = None
    languages: Mapping[str, str] = field(default_factory=dict)


def parts() -> int:
    """Return how many files the checks need; no more than one stands in the map itself."""
    return -(-public_checks().count() // MOST)


def index(files: int, changed: dt.datetime | None) -> str:
    """Return the map of maps: number 0 holds the pages, the others the checks."""
    rows = (
        f"<sitemap><loc>{_whole(reverse('public:sitemap-part', args=[number]))}</loc>{_lastmod(changed)}</sitemap>"
        for number in range(files + 1)
    )
    return _document("sitemapindex", f'xmlns="{_NAMESPACE}"', rows)


def urlset(places: Iterable[Place]) -> str:
    """Return a map."""
    spaces = f'xmlns="{_NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return _document("urlset", spaces, map(_row, places))


def pages(changed: dt.datetime | None, *, first: Desk | None) -> Iterator[Place]:
    """Yield the pages that are there from the start, the alerts, and the pages of desks beside the first.

    The first stands behind the plain addresses.
    """
    for name in PAGES:
        paths = {code: _path(code, f"public:{name}") for code in LANGUAGES}
        yield from _each(paths, changed if name in _CHANGING else None)
    for alert in public_alerts().order_by("pk"):
        yield Place(alert_home(alert), alert.changed)
    for slug, kind, at in _desk_pages(first):
        paths = {code: _path(code, "public:page", slug, kind) for code in LANGUAGES}
        yield from _each(paths, at)


def checks(number: int) -> Iterator[Place]:
    """Yield the checks of one file, from 1: in the order of their numbers, so that new ones come last."""
    found = public_checks().order_by("pk").only(*_NEEDED).select_related(None)
    mine = found[(number - 1) * MOST : number * MOST]
    versions = _versions(mine)
    for check in mine:
        paths = versions.get(check.work) if check.work else None
        yield Place(_own(check), check.changed, paths if paths and len(paths) > 1 else {})


def _versions(mine: QuerySet[FactCheck]) -> dict[str, dict[str, str]]:
    """Return the paths of all versions of each work, by language of the site."""
    works = mine.values("work")
    others = FactCheck.objects.filter(work__in=works, public_state__in=ANSWERS, language__in=LANGUAGES).exclude(work="")
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for check in others.only(*_NEEDED).order_by("pk"):
        found[check.work][check.language] = _own(check)
    return found


def _desk_pages(first: Desk | None) -> Iterator[tuple[str, str, dt.datetime]]:
    """Yield what the other desks that publish here wrote."""
    published = Exists(FactCheck.objects.filter(desk=OuterRef("desk"), public_state__in=ANSWERS))
    written = DeskPage.objects.filter(published).exclude(desk=first).order_by("desk__slug", "kind")
    yield from written.values_list("desk__slug", "kind").annotate(last=Max("at"))


def _each(paths: Mapping[str, str], changed: dt.datetime | None) -> Iterator[Place]:
    for path in paths.values():
        yield Place(path, changed, paths)


def _path(code: str, name: str, *words: str) -> str:
    with override(code):
        return reverse(name, args=words)


def _own(check: FactCheck) -> str:
    return check_path(check, own_language(check))


def _document(name: str, spaces: str, rows: Iterable[str]) -> str:
    return "\n".join([f"{_HEAD}<{name} {spaces}>", *rows, f"</{name}>", ""])


def _row(place: Place) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(settings.KIEMTIN_ADDRESS + path)}/>'
        for code, path in place.languages.items()
    )
    return f"<url><loc>{_whole(place.path)}</loc>{_lastmod(place.changed)}{links}</url>"


def _whole(path: str) -> str:
    return escape(settings.KIEMTIN_ADDRESS + path)


def _lastmod(changed: dt.datetime | None) -> str:
    return f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
