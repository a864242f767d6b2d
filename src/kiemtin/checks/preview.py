"""What would be published now, as a revision that is not stored: editors approve exactly what readers will see."""

from __future__ import annotations

from django.utils import timezone

from kiemtin.checks.completeness import evidence
from kiemtin.checks.copies import cited_with_copies, stored_copies
from kiemtin.checks.draft import PUBLISHED_TEXTS, DraftContent
from kiemtin.checks.enums import RevisionKind
from kiemtin.checks.models import FactCheck, Revision


def next_revision(fact_check: FactCheck, content: DraftContent | None = None) -> Revision:
    """Return the revision that a working copy would become; its two people are still to be set.

    Parameters
    ----------
    content
        The working copy; None takes the stored one.
    """
    content = content or DraftContent.of(fact_check)
    before = fact_check.latest
    count, independent = evidence(content)
    return Revision(
        fact_check=fact_check,
        number=before.number + 1 if before else 1,
        kind=RevisionKind.CORRECTION if before else RevisionKind.FIRST,
        note=content.note if before else "",
        **{name: getattr(content, name) for name in PUBLISHED_TEXTS},
        language=fact_check.language,
        wordings=list(content.wordings),
        sources=cited_with_copies(content.sources, stored_copies(fact_check)),
        source_count=count,
        independent_count=independent,
        changed_fields=list(content.changed_from(DraftContent.of_revision(before))) if before else [],
        at=timezone.now(),
    )
