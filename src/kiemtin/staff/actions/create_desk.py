"""Make a desk."""

from __future__ import annotations

import re

from django.db import transaction

from kiemtin.accounts.models import Desk
from kiemtin.audit.record import record
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.staff.exceptions import BadSlugError, DeskExistsError, IntakeTakenError, ReservedSlugError

RESERVED = frozenset({"account", "invitation", "second-factor"})
"""Beginnings of addresses that are not a desk's; a test compares them with the addresses."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@transaction.atomic
def create_desk(  # noqa: PLR0913  (what a desk is made of)
    *,
    slug: str,
    name: str,
    by: str,
    language: str = "vi",
    is_intake: bool = False,
    is_sample: bool = False,
    contact: str = "",
) -> Desk:
    """Store a desk; at most one takes in the questions.

    Raises
    ------
    BadSlugError, ReservedSlugError, DeskExistsError, IntakeTakenError, EmptyTextError
        Nothing was stored.
    """
    if not _SLUG.fullmatch(slug):
        raise BadSlugError(f"{slug} cannot stand in an address")
    if slug in RESERVED:
        raise ReservedSlugError(f"{slug} is the beginning of another address")
    if not name.strip():
        raise EmptyTextError("a desk has a name", field="name")
    if Desk.objects.filter(slug=slug).exists():
        raise DeskExistsError(f"there is a desk {slug}")
    if is_intake and (other := Desk.objects.filter(is_intake=True).first()):
        raise IntakeTakenError(f"{other.slug} takes in the questions", desk=other.slug)
    desk = Desk.objects.create(
        slug=slug, name=name.strip(), language=language, is_intake=is_intake, is_sample=is_sample, contact=contact
    )
    record(
        by=by,
        verb="desk.created",
        object_type="desk",
        object_id=str(desk.pk),
        desk=desk.slug,
        detail={"is_intake": is_intake},
    )
    return desk
