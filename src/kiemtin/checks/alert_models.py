"""Scam alerts of a desk: a text that gathers its published checks. They rate nothing by themselves.

There is no field for who is behind a scam, and none shall come: an alert tells what the scam looks like and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from kiemtin.accounts.models import Desk
from kiemtin.checks.enums import PublicState, RevisionKind, Stage

if TYPE_CHECKING:
    from kiemtin.checks.models import FactCheck


class ScamAlert(models.Model):
    """The working copy of an alert, and where it stands. As with a fact-check, the public sees only `latest`.

    Attributes
    ----------
    language
        BCP 47 tag it is written in.
    slug
        For reading in its address; the number in the address counts.
    title, text, checks
        The working copy: one line, the text in Markdown, and the numbers of the desk's checks in the order of the page.
    version
        Raised by every change of the working copy.
    stage, public_state
        The two halves of the state, as of a fact-check; an alert is never only `approved`: who approves publishes.
    author
        Who submitted the working copy.
    writers
        All who wrote in this round: none of them may publish it.
    remarks, note
        What the editor sent back with; the public note of the correction that is being drafted.
    gathered
        The checks of `latest`, to find alerts by their checks.
    """

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="scam_alerts")
    language = models.CharField(max_length=35, default="vi")
    slug = models.SlugField(max_length=120, blank=True)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    checks = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.DRAFT)
    public_state = models.CharField(max_length=20, choices=PublicState.choices, default=PublicState.UNPUBLISHED)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    remarks = models.TextField(blank=True)
    note = models.TextField(blank=True)
    latest = models.ForeignKey("AlertRevision", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    gathered: models.ManyToManyField[FactCheck, models.Model] = models.ManyToManyField(
        "FactCheck", related_name="alerts"
    )
    published = models.DateTimeField(null=True, blank=True)
    changed = models.DateTimeField(null=True, blank=True, db_index=True)
    edited = models.DateTimeField(default=timezone.now)
    created = models.DateTimeField(default=timezone.now, editable=False)

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

    @property
    def is_withdrawn(self) -> bool:
        """Whether the desk no longer stands by it; its page stays and says why."""
        return self.public_state == PublicState.WITHDRAWN


class AlertRevision(models.Model):
    """What was published of an alert at one moment, whole. Triggers hold that it is never changed or deleted.

    Another trigger refuses a first publication or a correction that gathers nothing, or anything but published checks
    of the alert's own desk.

    Attributes
    ----------
    number
        From 1.
    kind, note
        Why it was published, and the dated public note of a correction or withdrawal.
    title, text, language, checks
        As in `ScamAlert`.
    author, approver
        Two people.
    authors
        The names of all who wrote, first the one who submitted.
    """

    alert = models.ForeignKey(ScamAlert, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=RevisionKind.choices)
    note = models.TextField(blank=True)
    title = models.CharField(max_length=300)
    text = models.TextField()
    language = models.CharField(max_length=35)
    checks = models.JSONField(default=list)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    authors = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now, db_index=True)

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

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own signature)
        """Add a revision; one that is there stays as it is."""
        if not self._state.adding:
            raise TypeError("a revision is not changed: publish the next one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401
        """Refuse: revisions stay public."""
        raise TypeError("a revision is not deleted")
