"""Follow a source no longer."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.exchange.actions.add_source import checked_actor, note
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.sources import SourceState


@transaction.atomic
def end_source(*, source: ReviewSource, by: User | str) -> bool:
    """End a source; returns whether that changed anything.

    The worker takes its reviews out of the answers and tells whoever got one. It stays on the list, and can be gone on
    with (`pause_source`).

    Raises
    ------
    NotAllowedError
    """
    row = ReviewSource.objects.select_for_update(of=("self",)).select_related("desk").get(pk=source.pk)
    actor = checked_actor(by, row.desk)
    if row.state == SourceState.ENDED:
        return False
    row.state, row.failures, row.due = SourceState.ENDED, 0, timezone.now()
    row.save(update_fields=["state", "failures", "due"])
    note(row, by=actor, what="ended")
    return True
