"""Learn texts that make a claim that is published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import transaction

from kiemtin.audit.record import record
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.draft import one_line
from kiemtin.checks.models import FactCheck, Wording
from kiemtin.checks.transition import OBJECT_TYPE, locked


@transaction.atomic
def add_wordings(*, fact_check: FactCheck, texts: Iterable[str], by: str) -> int:
    """Store masked texts that a person decided to be the claim of a fact-check; known and empty ones are left out.

    The fact-check gets a new change number, so that the index follows. Returns how many texts were new.
    """
    row = locked(fact_check)
    given = {wording_digest(text): text for text in map(str.strip, texts) if text}
    known = set(row.known_wordings.filter(digest__in=given).values_list("digest", flat=True))
    fresh = [Wording(fact_check=row, text=text, digest=key) for key, text in given.items() if key not in known]
    if not fresh:
        return 0
    Wording.objects.bulk_create(fresh)
    if row.is_answer:
        (row.seq,) = number_changes(count=1)
        row.save(update_fields=["seq"])
    record(
        by=by,
        verb="check.wordings-added",
        object_type=OBJECT_TYPE,
        object_id=str(row.pk),
        desk=row.desk.slug,
        detail={"count": len(fresh)},
    )
    return len(fresh)


def wording_digest(text: str) -> str:
    """Return what makes two texts the same wording: SHA-256 of the text without its case and spacing, hex."""
    return hashlib.sha256(one_line(text).casefold().encode()).hexdigest()
