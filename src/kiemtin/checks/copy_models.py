"""Copies of sources, what is still to be copied, and how the sources of published checks stand.

A copy belongs to a fact-check and a page that it cites. Which copy stood behind a publication is told by the revision
itself, whose sources name its day and SHA-256; see docs/adr/0015-copies-beside-the-text.md.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from kiemtin.checks.enums import CopyLicence, CopyMethod, CopyState, Standing

LARGEST_COPY = 25 << 20
"""Bytes of one copy."""


class StoredCopy(models.Model):
    """That a copy of a source was stored. Triggers hold that only its licence ever changes.

    Attributes
    ----------
    page
        What the addresses of one page have in common (see `completeness.same_page`).
    url, fetched_from
        The address as it is cited, and where the copy came from in the end; empty for a file that was handed in.
    sha256
        Of the file, hex: its name in the store. The same file may be the copy of several sources.
    media_type, size
        Of the file; size in bytes.
    licence
        Whether readers are given it, or only told that it is there.
    payload_type
        Of a page in an archive: its own media type.
    text, text_digest
        The main text of a page, for readers; and by what it is told whether the page says the same (see
        `media.copies.text`).
    taken, changed
        When it was stored, and when its licence was last said.
    """

    fact_check = models.ForeignKey("checks.FactCheck", on_delete=models.PROTECT, related_name="copies")
    page = models.CharField(max_length=4000)
    url = models.CharField(max_length=4000)
    fetched_from = models.CharField(max_length=4000, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    method = models.CharField(max_length=10, choices=CopyMethod.choices)
    licence = models.CharField(max_length=12, choices=CopyLicence.choices, default=CopyLicence.NAMED_ONLY)
    payload_type = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    text_digest = models.CharField(max_length=64, blank=True)
    taken = models.DateTimeField(default=timezone.now)
    changed = models.DateTimeField(default=timezone.now)

    class Meta:
        """In the order in which they were taken."""

        ordering = ("taken", "id")
        constraints = (
            models.UniqueConstraint(fields=["fact_check", "page", "sha256"], name="one_row_a_copy"),
            models.CheckConstraint(condition=Q(size__lte=LARGEST_COPY), name="copy_is_bounded"),
            models.CheckConstraint(condition=Q(licence__in=CopyLicence.values), name="copy_has_licence"),
        )

    def __str__(self) -> str:
        return f"{self.fact_check_id}: {self.sha256[:12]} of {self.url}"

    @property
    def is_public(self) -> bool:
        """Whether its licence lets readers have it."""
        return self.licence == CopyLicence.PUBLIC


class CopyRequest(models.Model):
    """A page of which a copy is to be taken, or could not be; the row goes when there is one.

    Attributes
    ----------
    failure, status
        Why it could not be, in a word of the room that fetches, and the status of the answer.
    lease
        Until when somebody is at it just now.
    """

    fact_check = models.ForeignKey("checks.FactCheck", on_delete=models.CASCADE, related_name="copy_requests")
    page = models.CharField(max_length=4000)
    url = models.CharField(max_length=4000)
    state = models.CharField(max_length=10, choices=CopyState.choices, default=CopyState.WAITING)
    failure = models.CharField(max_length=20, blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    asked = models.DateTimeField(default=timezone.now)
    tried = models.DateTimeField(null=True, blank=True)
    lease = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Once a page of a check."""

        constraints = (models.UniqueConstraint(fields=["fact_check", "page"], name="one_request_a_page"),)
        indexes = (models.Index(fields=["asked"], condition=Q(state="waiting"), name="copy_waiting"),)

    def __str__(self) -> str:
        return f"{self.fact_check_id}: {self.url} ({self.state})"


class CitedSource(models.Model):
    """How a source stands that a published check cites; looked at again and again.

    Attributes
    ----------
    revision
        The publication that cites it.
    standing
        What came of the last looks.
    failure, status
        Why it could not be read the last time, and the status of the answer.
    known
        Digest of what it said when it was cited, or when a person last found that it still holds.
    seen
        Digest of what it says now; empty before it was read.
    etag, last_modified
        What the server gave with that.
    misses
        So many looks in a row did not reach it.
    flagged
        Since when a person is asked to look at it.
    held
        The standing in which a person found that the check still holds; empty if there is nothing of that kind.
    looked, due, lease
        When it was looked at last, when it is next, and until when somebody does so just now.
    """

    fact_check = models.ForeignKey("checks.FactCheck", on_delete=models.CASCADE, related_name="cited_sources")
    revision = models.ForeignKey("checks.Revision", on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=4000)
    url = models.CharField(max_length=4000)
    title = models.CharField(max_length=500, blank=True)
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.NEW)
    failure = models.CharField(max_length=20, blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    known = models.CharField(max_length=64, blank=True)
    seen = models.CharField(max_length=64, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    misses = models.PositiveIntegerField(default=0)
    flagged = models.DateTimeField(null=True, blank=True)
    held = models.CharField(max_length=12, choices=Standing.choices, blank=True)
    looked = models.DateTimeField(null=True, blank=True)
    due = models.DateTimeField(default=timezone.now, db_index=True)
    lease = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Once a page of a check."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["fact_check", "page"], name="one_standing_a_page"),)
        indexes = (models.Index(fields=["fact_check"], condition=Q(flagged__isnull=False), name="source_flagged"),)

    def __str__(self) -> str:
        return f"{self.fact_check_id}: {self.url} ({self.standing})"
