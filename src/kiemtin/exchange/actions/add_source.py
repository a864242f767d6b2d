"""Follow a source of reviews."""

from __future__ import annotations

from dataclasses import asdict

from django.db import IntegrityError, transaction

from kiemtin.accounts.models import Desk, User
from kiemtin.audit.record import record
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action
from kiemtin.exchange.exceptions import SourceExistsError
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.source_form import SourceContent, completed


@transaction.atomic
def add_source(*, desk: Desk, content: SourceContent, by: User | str) -> ReviewSource:
    """Store a source; the worker looks at it at once.

    Parameters
    ----------
    by
        The editor, or the role of whoever works at the command line.

    Raises
    ------
    NotAllowedError
        `by` may not choose sources.
    EmptyTextError, SourceAddressError, OwnAddressError, TooOftenError
        See `source_form.completed`.
    SourceExistsError
        The address is followed already.
    """
    actor = checked_actor(by, desk)
    whole = completed(content)
    if there := ReviewSource.objects.filter(kind=whole.kind, address=whole.address).first():
        raise SourceExistsError(whole.address, desk=there.desk.slug)
    person = by if isinstance(by, User) else None
    try:
        with transaction.atomic():
            source = ReviewSource.objects.create(desk=desk, created_by=person, **asdict(whole))
    except IntegrityError as error:
        raise SourceExistsError(whole.address) from error
    note(source, by=actor, what="added")
    return source


def checked_actor(by: User | str, desk: Desk) -> str:
    """Return how the log calls who does it.

    Raises
    ------
    NotAllowedError
    """
    if isinstance(by, str):
        return by
    check_may(Action.FOLLOW_SOURCES, user=by, desk=desk)
    return by.actor


def note(source: ReviewSource, *, by: str, what: str, **detail: object) -> None:
    """Write what was done to a source into the log."""
    told = {"what": what, "kind": source.kind, "address": source.address[:200], **detail}
    record(
        by=by,
        verb=RULES[Action.FOLLOW_SOURCES].verb,
        object_type="source",
        object_id=str(source.pk),
        desk=source.desk.slug,
        detail=told,
    )
