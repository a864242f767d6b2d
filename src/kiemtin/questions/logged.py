"""What the public log says of cases, that and why one was declined and that it was reopened; and all it must hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kiemtin.accounts.models import DeskPage
from kiemtin.audit.publiclog.append import append
from kiemtin.audit.publiclog.entries import Entry, Kind, digest_of, moment
from kiemtin.checks.logged import alert_entry, page_entry, revision_entry
from kiemtin.checks.models import AlertRevision, Revision
from kiemtin.questions.enums import CaseState
from kiemtin.questions.models import Case

_TOGETHER = 100  # rows asked of the database at once: bodies are long


def declined_content(case: Case) -> dict[str, Any]:
    """Return what is public of a declined case, for the hash in the log. Fetch `desk` with the case."""
    return {
        "case": case.pk,
        "desk": case.desk.slug,
        "reason": case.public_reason,
        "language": case.language,
        "at": moment(case.state_since),
    }


def declined_entry(case: Case) -> Entry:
    """Return the entry on a declined case."""
    content = declined_content(case)
    return Entry(kind=Kind.DECLINED.value, content=digest_of(content), **content)


def log_declined(case: Case) -> None:
    """Add a declined case to the public log, in the transaction that declines it."""
    append(declined_entry(case))


def log_reopened(case: Case) -> None:
    """Add to the public log that a declined case is open again: its reason is no longer given."""
    append(Entry(kind=Kind.REOPENED.value, desk=case.desk.slug, at=moment(case.state_since), case=case.pk))


def public_entries() -> Iterator[Entry]:
    """Yield the entries on everything that is public now: all versions, and cases that stand declined.

    Those on one thing come in their order.
    """
    pages = DeskPage.objects.select_related("desk").order_by("at", "pk")
    yield from map(page_entry, pages.iterator(_TOGETHER))
    revisions = Revision.objects.select_related("fact_check__desk").defer("fact_check__body").order_by("at", "pk")
    yield from map(revision_entry, revisions.iterator(_TOGETHER))
    alerts = AlertRevision.objects.select_related("alert__desk").defer("alert__text").order_by("at", "pk")
    yield from map(alert_entry, alerts.iterator(_TOGETHER))
    declined = Case.objects.filter(state=CaseState.DECLINED).select_related("desk").order_by("pk")
    yield from map(declined_entry, declined.iterator(_TOGETHER))
