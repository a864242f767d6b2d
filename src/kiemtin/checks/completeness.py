"""What a fact-check still needs before it can be submitted, and what would make it better."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import OuterRef, Subquery, TextChoices
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.enums import REQUIRED_PAGES, PageKind
from kiemtin.accounts.models import Desk, DeskPage
from kiemtin.checks.draft import DraftContent, SourceContent
from kiemtin.checks.enums import Interest
from kiemtin.checks.models import FactCheck

CLAIM_LENGTH = 75
"""Longer claims are cut by search engines (Google's advice for `claimReviewed`)."""
SUMMARY_LENGTH = 300
"""Longer summaries are not read to their end on a phone."""


class Gap(TextChoices):
    """Something that is missing; its label says what to do. Nothing is published with one of them."""

    CLAIM = "claim", _("Write the claim in one sentence.")
    VERDICT = "verdict", _("Choose a verdict.")
    SUMMARY = "summary", _("Write the summary: why, in one or two sentences.")
    BODY = "body", _("Write the text of the fact-check.")
    TOPIC = "topic", _("Choose a topic.")
    FEW_SOURCES = "few-sources", _("Name at least two different sources.")
    NO_INDEPENDENT = "no-independent", _("Name at least one source that is independent of whoever the claim is about.")
    SOURCE_TITLE = "source-title", _("Give every source a title.")
    SOURCE_PUBLISHER = "source-publisher", _("Say for every source who published it.")
    SOURCE_URL = "source-url", _("Give every source its address, beginning with https:// or http://.")
    SOURCE_INTEREST = "source-interest", _("Say for every source whether it is independent or a party to the claim.")
    NOTE = "note", _("Write the public note: what is corrected, and why.")
    UNCHANGED = "unchanged", _("Change something: the correction is still the same as what is published.")
    PAGE_METHOD = "page-method", _("The desk must first write its page on how it checks.")
    PAGE_SCALE = "page-scale", _("The desk must first write its page on its rating scale.")
    PAGE_OWNERSHIP = "page-ownership", _("The desk must first write its page on who owns and funds it.")

    @classmethod
    def of_page(cls, kind: PageKind) -> Gap:
        """Return the gap of a page that is required and missing."""
        return cls(f"page-{kind.value}")


class Advice(TextChoices):
    """Something that could be better; it blocks nothing."""

    LONG_CLAIM = "long-claim", _("The claim is longer than 75 characters: search engines will cut it.")
    LONG_SUMMARY = "long-summary", _("The summary is long: askers read it on a phone. Say it in two sentences.")
    NO_PRIMARY = "no-primary", _("No source is a primary one. Is there a law, a study or an official notice?")
    NO_SHOWS = "no-shows", _("Say for each source in one sentence what it shows.")
    NO_ACCESSED = "no-accessed", _("Give the day on which each source was read.")


def gaps(content: DraftContent, *, is_correction: bool) -> tuple[Gap, ...]:
    """Return what is missing from a content, in the order of the form."""
    return tuple(_gaps(content.cleaned(), is_correction))


def gaps_of(fact_check: FactCheck) -> tuple[Gap, ...]:
    """Return what is missing from a working copy; a correction must also change something."""
    content = DraftContent.of(fact_check)
    found = gaps(content, is_correction=fact_check.latest_id is not None)
    if fact_check.latest and not content.changed_from(DraftContent.of_revision(fact_check.latest)):
        found += (Gap.UNCHANGED,)
    return found


def desk_gaps(desk: Desk, language: str = "") -> tuple[PageKind, ...]:
    """Return which required pages a desk has not written in a language, its own unless another is given."""
    pages = DeskPage.objects.filter(desk=desk, language=language or desk.language, kind__in=REQUIRED_PAGES)
    newest = pages.filter(kind=OuterRef("kind")).order_by("-number").values("pk")[:1]
    current = pages.filter(pk=Subquery(newest)).values_list("kind", "body")
    written = {kind for kind, body in current if body.strip()}
    return tuple(kind for kind in REQUIRED_PAGES if kind not in written)


def advice(content: DraftContent) -> tuple[Advice, ...]:
    """Return what could be better, in the order of the form."""
    return tuple(_advice(content.cleaned()))


def evidence(content: DraftContent) -> tuple[int, int]:
    """Return how many sources count, and how many of them are independent.

    A source counts when nothing of it is missing, and once an address: one page cited twice is one source, and
    independent only if it is called so each time.
    """
    interests: dict[str, set[str]] = {}
    for source in content.sources:
        if not set(_source_gaps(source)):
            interests.setdefault(same_page(source.url), set()).add(source.interest)
    return len(interests), sum(found == {Interest.INDEPENDENT} for found in interests.values())


def _gaps(content: DraftContent, is_correction: bool) -> Iterator[Gap]:
    for gap in (Gap.CLAIM, Gap.VERDICT, Gap.SUMMARY, Gap.BODY, Gap.TOPIC):
        if not getattr(content, gap.value):
            yield gap
    count, independent = evidence(content)
    if count < 2:
        yield Gap.FEW_SOURCES
    if independent < 1:
        yield Gap.NO_INDEPENDENT
    found = {gap for source in content.sources for gap in _source_gaps(source)}
    yield from (gap for gap in Gap if gap in found)
    if is_correction and not content.note:
        yield Gap.NOTE


def _source_gaps(source: SourceContent) -> Iterator[Gap]:
    if not source.title:
        yield Gap.SOURCE_TITLE
    if not source.publisher:
        yield Gap.SOURCE_PUBLISHER
    if not is_address(source.url):
        yield Gap.SOURCE_URL
    if source.interest not in Interest.values:
        yield Gap.SOURCE_INTEREST


def _advice(content: DraftContent) -> Iterator[Advice]:
    if len(content.claim) > CLAIM_LENGTH:
        yield Advice.LONG_CLAIM
    if len(content.summary) > SUMMARY_LENGTH:
        yield Advice.LONG_SUMMARY
    sources = content.sources
    if sources and all(source.kind != "primary" for source in sources):
        yield Advice.NO_PRIMARY
    if not all(source.shows for source in sources):
        yield Advice.NO_SHOWS
    if not all(source.accessed for source in sources):
        yield Advice.NO_ACCESSED


_check_address = URLValidator(schemes=["http", "https"])


def is_address(url: str) -> bool:
    """Whether a reader can open it, and sees where it leads: nothing before an @ that looks like a host."""
    try:
        _check_address(url)
    except ValidationError:
        return False
    return "@" not in urlsplit(url).netloc


def same_page(url: str) -> str:
    """Return what addresses of one page have in common: without protocol, `www.`, last slash and fragment.

    What is no address is returned as it is.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
