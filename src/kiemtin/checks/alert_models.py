"""Scam alerts of a desk: a text that gathers its published checks. They rate nothing by themselves.

There is no field for who is behind a scam, and none shall come: an alert tells what the scam looks like and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kiemtin.accounts.models import Desk
from kiemtin.checks.enums import PublicState, RevisionKind, Stage
from kiemtin.checks.work_models import PublishedVersion, Work

if TYPE_CHECKING:
    from kiemtin.checks.models import FactCheck


class ScamAlert(Work):
    """A desk's alert. It is never only `approved`: who approves publishes.

    Attributes
    ----------
    title, text, checks
        The working copy: one line, the text in Markdown, and the numbers of the desk's checks in the order of the page.
    writers
        All who wrote in this round: none of them may publish it.
    gathered
        The checks of `latest`, to find alerts by their checks.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="scam_alerts")
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    checks = models.JSONField(default=list, blank=True)
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    latest = models.ForeignKey("AlertRevision", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    gathered: models.ManyToManyField[FactCheck, models.Model] = models.ManyToManyField(
        "FactCheck", related_name="alerts"
    )

    class Meta:
        """What must hold, whatever writes to the table."""

        constraints = (
            models.CheckConstraint(condition=~Q(stage=Stage.APPROVED), name="alert_approved_is_published"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SUBMITTED) | Q(author__isnull=False), name="alert_submitted_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(public_state=PublicState.UNPUBLISHED, latest__isnull=True)
                | (~Q(public_state=PublicState.UNPUBLISHED) & Q(latest__isnull=False)),
                name="alert_public_has_revision",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.SETTLED) | ~Q(public_state=PublicState.UNPUBLISHED),
                name="alert_settled_is_public",
            ),
            models.CheckConstraint(
                condition=~Q(public_state=PublicState.WITHDRAWN) | Q(stage=Stage.SETTLED),
                name="alert_withdrawn_is_settled",
            ),
        )

    def __str__(self) -> str:
        return f"{self.desk}: {self.title}"


class AlertRevision(PublishedVersion):
    """A published version of an alert.

    A trigger refuses a first publication or a correction that gathers nothing, or anything but published checks
    of the alert's own desk.

    Attributes
    ----------
    title, text, checks
        As in `ScamAlert`.
    """

    alert = models.ForeignKey(ScamAlert, on_delete=models.PROTECT, related_name="revisions")
    title = models.CharField(max_length=300)
    text = models.TextField()
    checks = models.JSONField(default=list)

    class Meta:
        """Two people and a public reason are rules of the table."""

        ordering = ("alert", "number")
        constraints = (
            models.UniqueConstraint(fields=["alert", "number"], name="one_alert_revision_a_number"),
            models.CheckConstraint(condition=~Q(author=F("approver")), name="alert_by_two_people"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="alert_says_something"),
            models.CheckConstraint(condition=Q(kind=RevisionKind.FIRST) | ~Q(note=""), name="alert_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.alert_id} r{self.number}: {self.title}"
