"""Publish a scam alert that was submitted."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.enums import RevisionKind
from kiemtin.checks.exceptions import WrongStateError
from kiemtin.checks.hands import author_names, check_has_not_written
from kiemtin.checks.logged import log_alert
from kiemtin.checks.models import AlertRevision, ScamAlert
from kiemtin.checks.slug import slug
from kiemtin.checks.transition import begin, check_complete, finish, settle
from kiemtin.checks.workflow import Action


@transaction.atomic
def publish_alert(*, alert: ScamAlert, by: User, version: int) -> AlertRevision:
    """Publish the version that was read as the next revision: the first, or a correction of the one before.

    Raises
    ------
    NotAllowedError, WrongStateError, StaleVersionError
    OwnWorkError
        The person wrote in this round.
    IncompleteError
        Something is missing, as when a check was withdrawn meanwhile, or the desk has not written what it must say
        of itself.
    """
    row = begin(Action.PUBLISH_ALERT, alert, by=by, version=version)
    check_has_not_written(row, by)
    check_complete(row, with_desk=True)
    revision = _revision(row, by)
    row.published = row.published or revision.at
    row.changed, row.latest = revision.at, revision
    row.slug = slug(row.title)
    settle(row)
    finish(Action.PUBLISH_ALERT, row=row, by=by, revision=revision.number)
    row.gathered.set(revision.checks)
    log_alert(revision)  # last: from here on others who publish wait
    return revision


def _revision(row: ScamAlert, by: User) -> AlertRevision:
    before, author = row.latest, row.author
    if author is None:
        raise WrongStateError("it was submitted by nobody")
    return AlertRevision.objects.create(
        alert=row,
        number=before.number + 1 if before else 1,
        kind=RevisionKind.CORRECTION if before else RevisionKind.FIRST,
        note=row.note if before else "",
        title=row.title,
        text=row.text,
        language=row.language,
        checks=list(row.checks),
        author=author,
        approver=by,
        authors=author_names(row),
        at=timezone.now(),
    )
