"""Stop looking at a source for a time, or go on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.exchange.actions.add_source import checked_actor, note
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.rereading import read_anew
from kiemtin.exchange.sources import SourceState


@transaction.atomic
def pause_source(*, source: ReviewSource, by: User | str, is_paused: bool = True) -> bool:
    """Pause a source or, with `is_paused` false, go on with it; returns whether that changed anything.

    The reviews of a paused one stay as they are, and are not followed meanwhile. Those of an ended one come back as its
    content is read again.

    Raises
    ------
    NotAllowedError
    """
    row = ReviewSource.objects.select_for_update(of=("self",)).select_related("desk").get(pk=source.pk)
    actor = checked_actor(by, row.desk)
    state = SourceState.PAUSED if is_paused else SourceState.ACTIVE
    if row.state == state or (is_paused and row.state == SourceState.ENDED):
        return False
    was_ended = row.state == SourceState.ENDED
    row.state, row.failures, row.due = state, 0, timezone.now()
    row.save(update_fields=["state", "failures", "due"])
    if was_ended:
        read_anew(ReviewSource.objects.filter(pk=row.pk))
    note(row, by=actor, what="paused" if is_paused else "resumed")
    return True
