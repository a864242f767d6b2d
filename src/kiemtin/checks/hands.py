"""Who had a hand in a round of work: authors and approver are different people, over all who edited."""

from __future__ import annotations

from django.db import models

from kiemtin.accounts.models import User
from kiemtin.checks.enums import Part
from kiemtin.checks.exceptions import OwnWorkError
from kiemtin.checks.models import FactCheck, Hand, ScamAlert


def has_written(work: FactCheck | ScamAlert, user: User) -> bool:
    """Whether the person is an author of this round, and so cannot approve it."""
    if isinstance(work, ScamAlert):
        return work.author_id == user.pk or work.writers.filter(pk=user.pk).exists()
    return _hands(work).filter(person=user, part=Part.AUTHOR).exists()


def check_has_not_written(work: FactCheck | ScamAlert, user: User) -> None:
    """Check that the person is no author of this round.

    Raises
    ------
    OwnWorkError
    """
    if has_written(work, user):
        raise OwnWorkError("who wrote it cannot approve it")


def author_names(work: FactCheck | ScamAlert) -> list[str]:
    """Return the names of all authors of this round, first who submitted.

    The others of a fact-check follow in the order they came, those of an alert by their names.
    """
    if isinstance(work, ScamAlert):
        authors = list(work.writers.order_by("name", "pk"))
    else:
        hands = _hands(work).filter(part=Part.AUTHOR).select_related("person")
        authors = [hand.person for hand in hands]
    authors.sort(key=lambda person: person.pk != work.author_id)
    return [person.name for person in authors]


def add_author(work: FactCheck | ScamAlert, user: User) -> None:
    """Note that the person wrote in this round."""
    if isinstance(work, ScamAlert):
        work.writers.add(user)
        return
    Hand.objects.update_or_create(fact_check=work, round=work.round, person=user, defaults={"part": Part.AUTHOR})


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
