"""Rows of what desks published: what stands on public pages, and of the rest only how much there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.utils.dateparse import parse_date
from django.utils.translation import override

from kiemtin.accounts.models import Desk
from kiemtin.checks.enums import PublicState
from kiemtin.checks.links import host_of
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.checks.published import with_pages
from kiemtin.checks.review import Source
from kiemtin.matching.finding import address_of

CHUNK = 500
"""Rows that are fetched at a time: bodies are long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """A row of `shape.CHECKS`."""

    id: int
    desk: str
    url: str
    state: str
    revision: int
    language: str
    work: str
    topic: str
    claim: str
    verdict: str
    summary: str
    published: dt.datetime | None
    changed: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """A row of `shape.REVISIONS`."""

    check_id: int
    number: int
    kind: str
    at: dt.datetime
    note: str
    language: str
    topic: str
    claim: str
    verdict: str
    summary: str
    body: str
    authors: list[str]
    approver: str
    source_count: int
    independent_count: int
    changed_fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A row of `shape.SOURCES`."""

    check_id: int
    revision: int
    position: int
    title: str
    publisher: str
    url: str
    kind: str
    interest: str
    shows: str
    accessed: dt.date | None
    copied: dt.date | None
    copy_sha256: str


def check_counts() -> dict[int, tuple[int, int]]:
    """Return for each desk's number how many fact-checks have a page and how many never had one."""
    hidden = Q(fact_checks__public_state=PublicState.UNPUBLISHED)
    counts = Desk.objects.annotate(every=Count("fact_checks"), hidden=Count("fact_checks", filter=hidden))
    return {pk: (every - hidden, hidden) for pk, every, hidden in counts.values_list("pk", "every", "hidden")}


def checks() -> Iterator[CheckRow]:
    """Yield all that have a page, as they stand."""
    left_out = ("claim", "summary", "body", "wordings", "remarks", "note", "latest__body", "latest__sources")
    for check in with_pages().defer(*left_out).order_by("pk").iterator(CHUNK):
        latest = check.latest
        if latest is not None:
            yield CheckRow(
                id=check.pk,
                desk=check.desk.slug,
                url=_page_of(check),
                state=check.public_state,
                revision=latest.number,
                language=latest.language,
                work=check.work,
                topic=latest.topic,
                claim=latest.claim,
                verdict=latest.verdict,
                summary=latest.summary,
                published=_second(check.published),
                changed=_second(check.changed),
            )


def revisions() -> Iterator[RevisionRow]:
    """Yield everything that was ever published."""
    rows = Revision.objects.select_related("author", "approver").defer("wordings", "sources")
    for row in rows.order_by("fact_check_id", "number").iterator(CHUNK):
        yield RevisionRow(
            check_id=row.fact_check_id,
            number=row.number,
            kind=row.kind,
            at=row.at.replace(microsecond=0),
            note=row.note,
            language=row.language,
            topic=row.topic,
            claim=row.claim,
            verdict=row.verdict,
            summary=row.summary,
            body=row.body,
            authors=list(row.authors) or [row.author.name],
            approver=row.approver.name,
            source_count=row.source_count,
            independent_count=row.independent_count,
            changed_fields=list(row.changed_fields),
        )


def sources() -> Iterator[SourceRow]:
    """Yield the evidence of each revision."""
    rows = Revision.objects.order_by("fact_check_id", "number").values_list("fact_check_id", "number", "sources")
    for check, number, cited in rows.iterator(CHUNK):
        for position, source in enumerate(cited, start=1):
            yield _source(check, number, position, source)


def _source(check: int, number: int, position: int, source: Source) -> SourceRow:
    url = source.get("url", "")
    return SourceRow(
        check_id=check,
        revision=number,
        position=position,
        title=source.get("title", ""),
        publisher=source.get("publisher", ""),
        url=url if host_of(url) else "",
        kind=source.get("kind", ""),
        interest=source.get("interest", ""),
        shows=source.get("shows", ""),
        accessed=_date(source.get("accessed", "")),
        copied=_date(source.get("copied", "")),
        copy_sha256=source.get("copy_sha256", ""),
    )


def _page_of(check: FactCheck) -> str:
    languages = dict(settings.LANGUAGES)
    with override(check.language if check.language in languages else settings.LANGUAGE_CODE):
        return address_of(check)


def _second(moment: dt.datetime | None) -> dt.datetime | None:
    return moment and moment.replace(microsecond=0)


def _date(value: str) -> dt.date | None:
    try:
        return parse_date(value[:10])
    except ValueError:
        return None
