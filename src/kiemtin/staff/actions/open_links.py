"""Say whether links that the desk is asked about are opened."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import Desk, User
from kiemtin.audit.record import record
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action


@transaction.atomic
def open_links(*, desk: Desk, by: User, is_wanted: bool) -> Desk:
    """Have links that are asked about from now on opened once each, or no longer. What was read stays.

    Raises
    ------
    NotAllowedError
    """
    check_may(Action.OPEN_LINKS, user=by, desk=desk)
    row = Desk.objects.select_for_update().get(pk=desk.pk)
    if row.opens_links != is_wanted:
        row.opens_links = is_wanted
        row.save(update_fields=["opens_links"])
        record(
            by=by.actor,
            verb=RULES[Action.OPEN_LINKS].verb,
            object_type="desk",
            object_id=str(row.pk),
            desk=row.slug,
            detail={"opens": is_wanted},
        )
    return row
