"""Publish a scam alert that was submitted."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.alert_transition import begin_alert, check_alert_of_others, finish_alert, settle_alert
from kiemtin.checks.alerts import alert_gaps
from kiemtin.checks.completeness import Gap, desk_gaps
from kiemtin.checks.enums import RevisionKind
from kiemtin.checks.exceptions import IncompleteError, WrongStateError
from kiemtin.checks.logged import log_alert
from kiemtin.checks.models import AlertRevision, ScamAlert
from kiemtin.checks.slug import slug
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
    row = begin_alert(Action.PUBLISH_ALERT, alert=alert, by=by, version=version)
    check_alert_of_others(row, by)
    _check_complete(row)
    revision = _revision(row, by)
    row.published = row.published or revision.at
    row.changed, row.latest = revision.at, revision
    row.slug = slug(row.title)
    settle_alert(row)
    finish_alert(Action.PUBLISH_ALERT, row=row, by=by, revision=revision.number)
    row.gathered.set(revision.checks)
    log_alert(revision)  # last: from here on others who publish wait
    return revision


def _check_complete(row: ScamAlert) -> None:
    found = [*alert_gaps(row), *map(Gap.of_page, desk_gaps(row.desk))]
    if found:
        raise IncompleteError(gap.value for gap in found)


def _revision(row: ScamAlert, by: User) -> AlertRevision:
    before, author = row.latest, row.author
    if author is None:
        raise WrongStateError("it was submitted by nobody")
    others = row.writers.exclude(pk=author.pk).order_by("name", "pk")
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
        authors=[author.name, *others.values_list("name", flat=True)],
        at=timezone.now(),
    )
