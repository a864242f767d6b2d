"""Who had a hand in a round of work: authors and approver are different people, over all who edited."""

from __future__ import annotations

from django.db import models

from kiemtin.accounts.models import User
from kiemtin.checks.enums import Part
from kiemtin.checks.exceptions import OwnWorkError
from kiemtin.checks.models import FactCheck, Hand


def has_written(fact_check: FactCheck, user: User) -> bool:
    """Whether the person is an author of this round, and so cannot approve it."""
    return _hands(fact_check).filter(person=user, part=Part.AUTHOR).exists()


def check_has_not_written(fact_check: FactCheck, user: User) -> None:
    """Check that the person is no author of this round.

    Raises
    ------
    OwnWorkError
    """
    if has_written(fact_check, user):
        raise OwnWorkError("who wrote it cannot approve it")


def author_names(fact_check: FactCheck) -> list[str]:
    """Return the names of all authors of this round: first who submitted, then in the order they came."""
    authors = [hand.person for hand in _hands(fact_check).filter(part=Part.AUTHOR).select_related("person")]
    authors.sort(key=lambda person: person.pk != fact_check.author_id)
    return [person.name for person in authors]


def add_author(fact_check: FactCheck, user: User) -> None:
    """Note that the person wrote in this round."""
    Hand.objects.update_or_create(
        fact_check=fact_check, round=fact_check.round, person=user, defaults={"part": Part.AUTHOR}
    )


def add_approver(fact_check: FactCheck, user: User) -> None:
    """Note that the person approved in this round; the table refuses an author.

    Raises
    ------
    OwnWorkError
    """
    check_has_not_written(fact_check, user)
    Hand.objects.create(fact_check=fact_check, round=fact_check.round, person=user, part=Part.APPROVER)


def void_approval(fact_check: FactCheck) -> None:
    """Take back the approval of this round, if there is one; the caller saves the fact-check."""
    _hands(fact_check).filter(part=Part.APPROVER).delete()
    fact_check.approver = None


def _hands(fact_check: FactCheck) -> models.QuerySet[Hand]:
    return Hand.objects.filter(fact_check=fact_check, round=fact_check.round).order_by("id")
