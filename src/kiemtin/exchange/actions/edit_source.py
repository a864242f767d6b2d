"""Change what is said of a source."""

from __future__ import annotations

from dataclasses import asdict, fields

from django.db import IntegrityError, transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.exchange.actions.add_source import checked_actor, note
from kiemtin.exchange.exceptions import SourceExistsError
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.rereading import read_anew
from kiemtin.exchange.source_form import SourceContent, completed, is_shown_otherwise


@transaction.atomic
def edit_source(*, source: ReviewSource, content: SourceContent, by: User | str) -> ReviewSource:
    """Change a source; if that decides on what is shown of its reviews, all of it is read again at once.

    Raises
    ------
    NotAllowedError
    EmptyTextError, SourceAddressError, OwnAddressError, TooOftenError, SourceExistsError
        See `add_source`.
    """
    row = ReviewSource.objects.select_for_update(of=("self",)).select_related("desk").get(pk=source.pk)
    actor = checked_actor(by, row.desk)
    before, after = content_of(row), completed(content)
    if before == after:
        return row
    for name, value in asdict(after).items():
        setattr(row, name, value)
    row.due = timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise SourceExistsError(after.address) from error
    if is_shown_otherwise(before, after):
        read_anew(ReviewSource.objects.filter(pk=row.pk))
        row.refresh_from_db()
    changed = [one.name for one in fields(after) if getattr(before, one.name) != getattr(after, one.name)]
    note(row, by=actor, what="changed", fields=changed)
    return row


def content_of(source: ReviewSource) -> SourceContent:
    """Return what is said of a source."""
    return SourceContent(**{one.name: getattr(source, one.name) for one in fields(SourceContent)})
