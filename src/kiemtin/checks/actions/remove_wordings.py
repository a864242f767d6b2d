"""Forget texts that turned out to be another claim."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kiemtin.audit.record import record
from kiemtin.checks.actions.add_wordings import wording_digest
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.models import FactCheck
from kiemtin.checks.transition import OBJECT_TYPE, locked


@transaction.atomic
def remove_wordings(*, fact_check: FactCheck, texts: Iterable[str], by: str) -> int:
    """Take texts out of the known wordings of a fact-check; the wordings that its authors wrote stay.

    The fact-check gets a new change number, so that the index no longer answers the texts. Returns how many there were.
    """
    row = locked(fact_check)
    digests = {wording_digest(text) for text in texts}
    count, _ = row.known_wordings.filter(digest__in=digests).delete()
    if not count:
        return 0
    if row.is_answer:
        (row.seq,) = number_changes(count=1)
        row.save(update_fields=["seq"])
    record(
        by=by,
        verb="check.wordings-removed",
        object_type=OBJECT_TYPE,
        object_id=str(row.pk),
        desk=row.desk.slug,
        detail={"count": count},
    )
    return count
