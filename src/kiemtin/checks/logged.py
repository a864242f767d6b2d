"""What the public log says of what a desk publishes: versions of fact-checks, of scam alerts, of its own pages.

The content of each is everything that readers see of it and that stays as it is. Names of approvers and of who wrote a
page are left out: they are the persons' own and may change.
"""

from __future__ import annotations

from typing import Any

from kiemtin.accounts.models import DeskPage
from kiemtin.audit.publiclog.append import append
from kiemtin.audit.publiclog.entries import Entry, Kind, digest_of, moment
from kiemtin.checks.enums import RevisionKind
from kiemtin.checks.models import AlertRevision, Revision

Content = dict[str, Any]

_KINDS = {
    RevisionKind.FIRST: Kind.PUBLISHED,
    RevisionKind.CORRECTION: Kind.CORRECTED,
    RevisionKind.WITHDRAWAL: Kind.WITHDRAWN,
}
_TEXTS = ("kind", "note", "claim", "verdict", "summary", "body", "topic", "language")
_ALERT_TEXTS = ("kind", "note", "title", "text", "language")


def revision_content(revision: Revision) -> Content:
    """Return what is published of a version of a fact-check. Fetch `fact_check__desk` with the revision."""
    return {
        "check": revision.fact_check_id,
        "desk": revision.fact_check.desk.slug,
        "revision": revision.number,
        **{name: str(getattr(revision, name)) for name in _TEXTS},
        "sources": [dict(source) for source in revision.sources],
        "authors": [str(name) for name in revision.authors],
        "at": moment(revision.at),
    }


def revision_entry(revision: Revision) -> Entry:
    """Return the entry on a version of a fact-check."""
    content = revision_content(revision)
    kind = _KINDS[RevisionKind(revision.kind)]
    return _entry(kind, content, "language", "check", "revision", "verdict", "claim")


def log_revision(revision: Revision) -> None:
    """Add a version of a fact-check to the public log, in the transaction that publishes it."""
    append(revision_entry(revision))


def alert_content(revision: AlertRevision) -> Content:
    """Return what is published of a version of a scam alert. Fetch `alert__desk` with the revision."""
    return {
        "alert": revision.alert_id,
        "desk": revision.alert.desk.slug,
        "revision": revision.number,
        **{name: str(getattr(revision, name)) for name in _ALERT_TEXTS},
        "checks": revision.checks,
        "authors": [str(name) for name in revision.authors],
        "at": moment(revision.at),
    }


def alert_entry(revision: AlertRevision) -> Entry:
    """Return the entry on a version of a scam alert."""
    content = alert_content(revision)
    return _entry(_KINDS[RevisionKind(revision.kind)], content, "language", "alert", "revision", "title")


def log_alert(revision: AlertRevision) -> None:
    """Add a version of a scam alert to the public log, in the transaction that publishes it."""
    append(alert_entry(revision))


def page_content(page: DeskPage) -> Content:
    """Return what is published of a version of a desk's page. Fetch `desk` with the page."""
    return {
        "page": str(page.kind),
        "desk": page.desk.slug,
        "revision": page.number,
        "body": page.body,
        "language": page.language,
        "at": moment(page.at),
    }


def page_entry(page: DeskPage) -> Entry:
    """Return the entry on a version of a desk's page."""
    return _entry(Kind.PUBLISHED, page_content(page), "language", "page", "revision")


def log_page(page: DeskPage) -> None:
    """Add a version of a desk's page to the public log, in the transaction that publishes it."""
    append(page_entry(page))


def _entry(kind: Kind, content: Content, *names: str) -> Entry:
    told = {name: content[name] for name in ("desk", "at", *names)}
    return Entry(kind=kind.value, content=digest_of(content), **told)
