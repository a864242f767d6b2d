"""What the public log says of a published version of a fact-check."""

from __future__ import annotations

from typing import Any

from kiemtin.audit.publiclog.append import append
from kiemtin.audit.publiclog.entries import Entry, Kind, digest_of, moment
from kiemtin.checks.enums import RevisionKind
from kiemtin.checks.models import Revision

_KINDS = {
    RevisionKind.FIRST: Kind.PUBLISHED,
    RevisionKind.CORRECTION: Kind.CORRECTED,
    RevisionKind.WITHDRAWAL: Kind.WITHDRAWN,
}
_TEXTS = ("kind", "note", "claim", "verdict", "summary", "body", "topic", "language")


def revision_content(revision: Revision) -> dict[str, Any]:
    """Return everything that readers see of a version and that stays as it is, for the hash in the log.

    The approver is left out: that name is the person's own and may change. Fetch `fact_check__desk` with the revision.
    """
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
    """Return the entry on a version."""
    content = revision_content(revision)
    return Entry(
        kind=_KINDS[RevisionKind(revision.kind)].value,
        desk=content["desk"],
        at=content["at"],
        content=digest_of(content),
        language=content["language"],
        check=content["check"],
        revision=content["revision"],
        verdict=content["verdict"],
        claim=content["claim"],
    )


def log_revision(revision: Revision) -> None:
    """Add a version to the public log, in the transaction that publishes it."""
    append(revision_entry(revision))
