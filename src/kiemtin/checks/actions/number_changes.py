"""Take numbers for changes."""

from __future__ import annotations

from django.db import transaction

from kiemtin.checks.models import ChangeCounter

_NAME = "reviews"


def number_changes(*, count: int) -> range:
    """Return the next `count` change numbers; they belong to the surrounding transaction.

    Raises
    ------
    django.db.transaction.TransactionManagementError
        Called outside a transaction: the numbers could become visible before what they number.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("change numbers are taken inside a transaction")
    counter, _ = ChangeCounter.objects.select_for_update().get_or_create(name=_NAME)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return range(first, first + count)


def last_change() -> int:
    """Return the number of the last change; 0 when there was none."""
    return ChangeCounter.objects.filter(name=_NAME).values_list("last", flat=True).first() or 0
