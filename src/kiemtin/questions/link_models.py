"""What stands in messages beside their words: indicators of scams, and pages behind links."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kiemtin.questions.enums import IndicatorKind, PageState


class Indicator(models.Model):
    """What an offer is recognised by: only a hash of it, with a key that lies outside the database.

    So the table is no directory: who has it cannot try numbers until one fits. Nothing says whose it is, and no message
    says who sent it.

    Attributes
    ----------
    digest
        HMAC-SHA256 of kind and value, hex (see `secrets.recognised`).
    shown
        A defanged host or short link; of a number its last three digits.
    """

    kind = models.CharField(max_length=20, choices=IndicatorKind.choices)
    digest = models.CharField(max_length=64, unique=True)
    shown = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.kind}: {self.shown}"


class Sighting(models.Model):
    """That an indicator stands in a message, how often it was asked about with it, and on which days first and last.

    Messages that differ only in a number are one message once they are masked: so they may have several of a kind.
    """

    message = models.ForeignKey("questions.Message", on_delete=models.CASCADE, related_name="sightings")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="sightings")
    asked = models.PositiveIntegerField(default=0)
    first = models.DateField()
    last = models.DateField()

    class Meta:
        """Once a message and indicator."""

        constraints = (models.UniqueConstraint(fields=["message", "indicator"], name="one_sighting_a_message"),)

    def __str__(self) -> str:
        return f"{self.message_id}: {self.indicator_id}"


class LinkPage(models.Model):
    """What stood at a link when it was asked about: fetched once, masked like every text.

    Attributes
    ----------
    key
        The digest of a message that is only this link (see `digest.digest_of`).
    address, led_to
        What was fetched, and where it came from in the end; masked.
    failure, status
        Why it could not be read, by code, and the status of the answer, where there was one.
    title, description, text
        What it says, masked.
    sha256
        Of the bytes as they came, hex; empty where none did.
    tried
        When it was fetched.
    lease
        Until when a worker that took it may be at it.
    """

    key = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=4000)
    state = models.CharField(max_length=10, choices=PageState.choices, default=PageState.WAITING)
    failure = models.CharField(max_length=30, blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    led_to = models.CharField(max_length=4000, blank=True)
    title = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    asked = models.DateTimeField(default=timezone.now)
    tried = models.DateTimeField(null=True, blank=True)
    lease = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The waiting ones are few and looked for often."""

        indexes = (models.Index(fields=["asked"], condition=Q(state="waiting"), name="link_page_waiting"),)

    def __str__(self) -> str:
        return f"{self.address[:80]}: {self.state}"
