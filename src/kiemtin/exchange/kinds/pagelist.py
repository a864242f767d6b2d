"""Which pages a source has: those that an editor named, or those of a site map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from kiemtin.exchange.fetching.failures import FetchError
from kiemtin.exchange.fetching.fetcher import Limits, checked
from kiemtin.exchange.intake import is_at, is_ours
from kiemtin.exchange.looking import Look, Report
from kiemtin.exchange.models import SourcePage
from kiemtin.exchange.sitemaps import Entry, SitemapError, entries
from kiemtin.exchange.sources import Outcome, SourceKind

MAX_PAGES = 20_000
MAX_SITEMAPS = 50
_SITEMAP_LIMITS = Limits(size=64 << 20, seconds=60.0)
_A_STATEMENT = 500


def list_pages(look: Look, report: Report) -> None:
    """Bring the pages of a source up to date: new and changed ones, and those no longer listed, are due at once.

    Raises
    ------
    FetchError
        The site map itself could not be fetched.
    """
    if look.source.kind == SourceKind.SITEMAP:
        found = _Found(look)
        found.read(look.source.address)
        if found.is_cut_short:
            report.outcome = Outcome.PARTLY
        if not found.pages and found.is_cut_short:
            report.outcome = Outcome.UNREADABLE
        _keep(look, found.pages, is_whole=not found.is_cut_short)
    else:
        _keep(look, dict.fromkeys(look.source.address.split(), ""), is_whole=True)


@dataclass(slots=True)
class _Found:
    """Goes through a site map, or an index of site maps and those in it."""

    look: Look
    pages: dict[str, str] = field(default_factory=dict)
    is_cut_short: bool = False

    def read(self, address: str) -> None:
        """Read the first one, then the ones that it names, newest first."""
        below = self._read(address)
        below.sort(key=lambda entry: entry.lastmod, reverse=True)
        for entry in below[:MAX_SITEMAPS]:
            try:
                # An index in an index is not allowed by the protocol: what it names is not followed.
                self.is_cut_short |= bool(self._read(entry.url))
            except FetchError:
                self.is_cut_short = True
            self.look.go_on()
        self.is_cut_short |= len(below) > MAX_SITEMAPS

    def _read(self, address: str) -> list[Entry]:
        path = self.look.folder / "sitemap"
        self.look.fetcher.get(address, into=path, limits=_SITEMAP_LIMITS)
        below: list[Entry] = []
        try:
            for entry in entries(path):
                if entry.is_sitemap:
                    below.append(entry)
                elif self._belongs(entry.url) and not self._add(entry):
                    break
        except SitemapError:
            self.is_cut_short = True
        return below

    def _belongs(self, url: str) -> bool:
        source = self.look.source
        if source.within not in url or not is_at(url, source.site) or is_ours(url):
            return False
        try:
            checked(url)
        except FetchError:
            return False
        return True

    def _add(self, entry: Entry) -> bool:
        if len(self.pages) >= MAX_PAGES:
            self.is_cut_short = True
            return False
        self.pages[entry.url] = entry.lastmod
        return True


def _keep(look: Look, pages: dict[str, str], *, is_whole: bool) -> None:
    source, now = look.source, timezone.now()
    known = {page.url: page for page in SourcePage.objects.filter(source=source).only("url", "lastmod", "due")}
    fresh = [SourcePage(source=source, url=url, lastmod=pages[url], due=now) for url in pages if url not in known]
    SourcePage.objects.bulk_create(fresh, batch_size=_A_STATEMENT, ignore_conflicts=True)
    changed = [known[url] for url, lastmod in pages.items() if url in known and known[url].lastmod != lastmod]
    for page in changed:
        page.lastmod, page.due = pages[page.url], now
    if is_whole:
        changed.extend(_unlisted(page for url, page in known.items() if url not in pages))
    SourcePage.objects.bulk_update(changed, ["lastmod", "due"], batch_size=_A_STATEMENT)


_GONE = "unlisted"


def _unlisted(pages: Iterable[SourcePage]) -> list[SourcePage]:
    """Return pages that are no longer listed, due at once, the first time that they are not."""
    now = timezone.now()
    found = [page for page in pages if page.lastmod != _GONE]
    for page in found:
        page.lastmod, page.due = _GONE, now
    return found
