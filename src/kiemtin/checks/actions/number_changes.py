"""Take numbers for changes."""

from __future__ import annotations

from django.db import transaction

from kiemtin.checks.models import ChangeCounter

REVIEWS = "reviews"
"""The counter of all that is published: fact-checks and reviews of other publishers."""


def number_changes(*, count: int, name: str = REVIEWS) -> range:
    """Return the next `count` change numbers of a counter; they belong to the surrounding transaction.

    Raises
    ------
    django.db.transaction.TransactionManagementError
        Called outside a transaction: the numbers could become visible before what they number.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("change numbers are taken inside a transaction")
    counter, _ = ChangeCounter.objects.select_for_update().get_or_create(name=name)
    first = counter.last + 1
    counter.last += count
    counter.save(update_fields=["last"])
    return range(first, first + count)


def last_change(*, name: str = REVIEWS) -> int:
    """Return the number of the last change of a counter; 0 when there was none."""
    return ChangeCounter.objects.filter(name=name).values_list("last", flat=True).first() or 0
