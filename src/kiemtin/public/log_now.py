"""What is published now of what the public log tells: so that anybody can compare the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db.models import Exists, OuterRef

from kiemtin.accounts.models import DeskPage
from kiemtin.audit.exceptions import EntryError
from kiemtin.audit.publiclog.entries import Entry, canonical, page_subject
from kiemtin.checks.alerts import public_alerts
from kiemtin.checks.enums import PublicState
from kiemtin.checks.logged import Content, alert_content, page_content, revision_content
from kiemtin.checks.models import AlertRevision, Revision
from kiemtin.questions.enums import CaseState
from kiemtin.questions.logged import declined_content
from kiemtin.questions.models import Case

_TOGETHER = 16  # entries asked of the database at once: bodies are long


def published_now(leaves: Sequence[bytes]) -> Iterator[bytes]:
    """Yield a line of canonical JSON for each entry: what is published now, or `null`.

    Of versions it is the version; of cases the reason they are declined with, if they are.
    """
    for start in range(0, len(leaves), _TOGETHER):
        entries = [_read(leaf) for leaf in leaves[start : start + _TOGETHER]]
        found: dict[str, Content] = {}
        for is_meant, contents in _SOURCES:
            if wanted := [entry for entry in entries if entry and is_meant(entry)]:
                found |= contents(wanted)
        for entry in entries:
            content = found.get(entry.about) if entry else None
            yield (canonical(content) if content else b"null") + b"\n"


def standing_now() -> Iterator[bytes]:
    """Yield a line of canonical JSON for each scam alert that stands and each page of a desk: its latest version.

    Fact-checks are not among them: those that stand are given as a DataFeed.
    """
    for alert in public_alerts().defer("latest__text").iterator():
        if revision := alert.latest:
            yield _line(subject=f"alert/{alert.pk}", revision=revision.number, words=revision.title)
    later = DeskPage.objects.filter(
        **{name: OuterRef(name) for name in ("desk", "kind", "language")}, number__gt=OuterRef("number")
    )
    for page in DeskPage.objects.exclude(Exists(later)).select_related("desk").defer("body"):
        subject = page_subject(page.desk.slug, page.kind, page.language)
        yield _line(subject=subject, revision=page.number, words="")


def _line(**fields: str | int) -> bytes:
    return canonical(fields) + b"\n"


def _read(leaf: bytes) -> Entry | None:
    try:
        return Entry.of_leaf(leaf)
    except EntryError:
        return None


def _revisions(entries: Iterable[Entry]) -> dict[str, Content]:
    wanted = {(entry.check, entry.revision): entry.about for entry in entries}
    found = Revision.objects.exclude(fact_check__public_state=PublicState.UNPUBLISHED).filter(
        fact_check__in={check for check, _ in wanted}, number__in={number for _, number in wanted}
    )
    rows = found.select_related("fact_check__desk").defer("wordings", "fact_check__body")
    return {about: revision_content(row) for row in rows if (about := wanted.get((row.fact_check_id, row.number)))}


def _alerts(entries: Iterable[Entry]) -> dict[str, Content]:
    wanted = {(entry.alert, entry.revision): entry.about for entry in entries}
    found = AlertRevision.objects.exclude(alert__public_state=PublicState.UNPUBLISHED).filter(
        alert__in={alert for alert, _ in wanted}, number__in={number for _, number in wanted}
    )
    rows = found.select_related("alert__desk").defer("alert__text")
    return {about: alert_content(row) for row in rows if (about := wanted.get((row.alert_id, row.number)))}


def _pages(entries: Iterable[Entry]) -> dict[str, Content]:
    wanted = {(entry.desk, entry.page, entry.language, entry.revision): entry.about for entry in entries}
    rows = DeskPage.objects.select_related("desk").filter(
        desk__slug__in={slug for slug, *_ in wanted},
        kind__in={kind for _, kind, *_ in wanted},
        number__in={number for *_, number in wanted},
    )
    found = {(row.desk.slug, row.kind, row.language, row.number): row for row in rows}
    return {about: page_content(found[key]) for key, about in wanted.items() if key in found}


def _cases(entries: Iterable[Entry]) -> dict[str, Content]:
    wanted = {entry.case: entry.about for entry in entries}
    rows = Case.objects.filter(pk__in=wanted, state=CaseState.DECLINED).select_related("desk")
    return {wanted[row.pk]: declined_content(row) for row in rows}


_SOURCES: tuple[tuple[Callable[[Entry], object], Callable[[Iterable[Entry]], dict[str, Content]]], ...] = (
    (lambda entry: entry.check, _revisions),
    (lambda entry: entry.alert, _alerts),
    (lambda entry: entry.page, _pages),
    (lambda entry: entry.case, _cases),
)
