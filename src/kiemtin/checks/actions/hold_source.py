"""Say of a source that changed or is gone: looked at, the check still holds."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.enums import Standing
from kiemtin.checks.exceptions import WrongStateError
from kiemtin.checks.models import CitedSource
from kiemtin.checks.transition import begin, note
from kiemtin.checks.workflow import Action


@transaction.atomic
def hold_source(*, source: CitedSource, by: User, seen: str) -> CitedSource:
    """Take the flag away. What the source says now is what later looks are compared with.

    Parameters
    ----------
    seen
        The `mark` of the source as the person saw it: if it is another by now, they have not seen that.

    Raises
    ------
    NotAllowedError
    CitedSource.DoesNotExist
        No published check cites it any more.
    WrongStateError
        It is not flagged, or is flagged for something else by now.
    """
    check = begin(Action.HOLD_SOURCE, source.fact_check, by=by)
    row = CitedSource.objects.select_for_update().get(pk=source.pk)
    if row.flagged is None or mark(row) != seen:
        raise WrongStateError("the source stands otherwise by now", action=Action.HOLD_SOURCE, state=row.standing)
    if row.standing == Standing.CHANGED:
        row.known, row.standing = row.seen, Standing.FINE
    else:
        row.held = row.standing
    row.flagged = None
    row.save(update_fields=["known", "standing", "held", "flagged"])
    note(Action.HOLD_SOURCE, row=check, by=by, source=row.pk, standing=seen.partition(":")[0])
    return row


def mark(source: CitedSource) -> str:
    """Return in short how a source stands."""
    return f"{source.standing}:{source.seen[:16]}"
