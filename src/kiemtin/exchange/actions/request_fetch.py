"""Have a source looked at now."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.exceptions import WrongStateError
from kiemtin.checks.workflow import Action
from kiemtin.exchange.actions.add_source import checked_actor, note
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.sources import SourceState


@transaction.atomic
def request_fetch(*, source: ReviewSource, by: User) -> None:
    """Make it due, with all its pages: the worker looks at it within moments.

    Raises
    ------
    NotAllowedError
    WrongStateError
        It is paused.
    """
    row = ReviewSource.objects.select_for_update(of=("self",)).select_related("desk").get(pk=source.pk)
    actor = checked_actor(by, row.desk)
    if row.state != SourceState.ACTIVE:
        raise WrongStateError(f"source {row.pk} is paused", action=Action.FOLLOW_SOURCES, state=row.state)
    row.due = timezone.now()
    row.save(update_fields=["due"])
    row.pages.update(due=timezone.now())
    note(row, by=actor, what="asked-for")
