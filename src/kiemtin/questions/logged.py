"""What the public log says of cases: that and why one was declined, and that it was opened again."""

from __future__ import annotations

from typing import Any

from kiemtin.audit.publiclog.append import append
from kiemtin.audit.publiclog.entries import Entry, Kind, digest_of, moment
from kiemtin.questions.models import Case


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
