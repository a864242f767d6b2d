"""What was imported, and how far; what publishers handed in themselves."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kiemtin.accounts.models import Desk


class RunState(TextChoices):
    """State of an import."""

    RUNNING = "running", _("unfinished")
    FINISHED = "finished", _("finished")


class ImportRun(models.Model):
    """The import of one content. Its position moves in the transaction that stores the rows before it.

    Attributes
    ----------
    digest
        SHA-256 of the content and of the version of the mapping, hex.
    name
        The file's own name, without the folders that lead to it.
    reader
        Which reader reads it.
    size
        Bytes.
    position
        How many rows are done, bad ones included.
    bad
        How many of them were left out.
    added, changed, unchanged
        Reviews.
    """

    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=255)
    reader = models.CharField(max_length=40)
    size = models.BigIntegerField()
    position = models.BigIntegerField(default=0)
    bad = models.BigIntegerField(default=0)
    added = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name}: {self.position} ({self.state})"


class MarkupPage(models.Model):
    """The ClaimReview markup of one page of a publisher that a desk trusts, as the publisher handed it in.

    What of it answers stands in `checks.ExternalReview`; nothing in either tells who made or passed on a claim.

    Attributes
    ----------
    code
        Its name in addresses.
    desk
        Whose token it came with.
    publisher_name, publisher_site
        Of that token.
    url
        Of the page; one markup each while it stands.
    published
        When the publisher published the page, as far as it says so.
    markups
        List of objects with `url`, `claim`, `claim_date` and `rating` (see `exchange.pages.PageMarkup`).
    keys, gone
        Keys of the reviews that it gives, and of those that it gave and took back.
    version
        Raised by every change: who changes another version than they read is refused.
    deleted
        When the publisher took all of it back.
    """

    code = models.CharField(max_length=32, unique=True)
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="markup_pages")
    publisher_name = models.CharField(max_length=300)
    publisher_site = models.CharField(max_length=255, db_index=True)
    url = models.CharField(max_length=4000)
    published = models.DateField(null=True)
    markups: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    keys: models.JSONField[list[str]] = models.JSONField(default=list)
    gone: models.JSONField[list[str]] = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    created = models.DateTimeField(default=timezone.now, editable=False)
    changed = models.DateTimeField(default=timezone.now)
    deleted = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One a page, newest first."""

        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=["url"], condition=Q(deleted__isnull=True), name="one_markup_a_page"),
        )

    def __str__(self) -> str:
        return self.url
