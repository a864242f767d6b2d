"""Change one's own name."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.audit.record import record
from kiemtin.checks.exceptions import EmptyTextError


@transaction.atomic
def rename_person(*, name: str, by: User) -> User:
    """Store the byline for what is published from now on; what is published keeps the name it has.

    Raises
    ------
    EmptyTextError
        The name is empty.
    """
    name = name.strip()
    if not name:
        raise EmptyTextError("a person has a name", field="name")
    if name != by.name:
        by.name = name
        by.save(update_fields=["name"])
        record(by=by.actor, verb="person.renamed", object_type="person", object_id=str(by.pk))
    return by
