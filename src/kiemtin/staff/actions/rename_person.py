"""Change one's own name."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.staff.logged import log_person


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
        log_person("person.renamed", user=by, by=by.actor)
    return by
