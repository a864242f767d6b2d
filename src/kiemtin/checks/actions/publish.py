"""Publish what was approved."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.exceptions import WrongStateError
from kiemtin.checks.hands import author_names
from kiemtin.checks.logged import log_revision
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.checks.preview import next_revision
from kiemtin.checks.signals import revision_published
from kiemtin.checks.slug import slug
from kiemtin.checks.transition import begin, check_complete, finish, settle
from kiemtin.checks.workflow import Action


@transaction.atomic
def publish(*, fact_check: FactCheck, by: User) -> Revision:
    """Publish the approved working copy as the next revision: the first, or a correction of the one before.

    Raises
    ------
    NotAllowedError, WrongStateError
    IncompleteError
        Something is missing from it, or the desk has not written what it must say of itself.
    """
    row = begin(Action.PUBLISH, fact_check, by=by)
    check_complete(row, with_desk=True)
    revision = _revision(row, *_two_people(row))
    row.published = row.published or revision.at
    row.changed, row.latest = revision.at, revision
    (row.seq,) = number_changes(count=1)
    row.slug = slug(row.claim)
    row.recheck_on = _next_recheck(row)
    settle(row)
    finish(Action.PUBLISH, row=row, by=by, revision=revision.number)
    revision_published.send(sender=FactCheck, fact_check=row, revision=revision, by=by)
    log_revision(revision)  # last: from here on others who publish wait
    return revision


def _next_recheck(row: FactCheck) -> dt.date | None:
    """Return the earliest day to look again at a source; days that are over were heeded by whoever wrote this."""
    today = timezone.localdate()
    days = row.sources.filter(recheck_on__gt=today).values_list("recheck_on", flat=True)
    return min((day for day in days if day), default=None)


def _two_people(row: FactCheck) -> tuple[User, User]:
    """Return author and approver; the table of an approved working copy holds that both are there."""
    if row.author is None or row.approver is None:
        raise WrongStateError("it was approved by nobody")
    return row.author, row.approver


def _revision(row: FactCheck, author: User, approver: User) -> Revision:
    revision = next_revision(row)
    revision.author, revision.approver = author, approver
    revision.authors = author_names(row)
    revision.save()
    return revision
