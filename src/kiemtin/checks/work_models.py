"""What a fact-check and a scam alert have in common: a working copy in stages, and published versions of it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone

from kiemtin.checks.enums import PublicState, RevisionKind, Stage


class Work(models.Model):
    """A desk's own work: the working copy, and where it stands.

    The public never sees this row's content: it sees `latest`, the last published version. So a correction can be
    drafted in peace, and nothing changes without a version.

    Attributes
    ----------
    language
        BCP 47 tag it is written in.
    slug
        For reading in its address; the number in the address counts.
    version
        Raised by every change of the working copy: who saves over another version than they read is refused.
    stage, public_state
        The two halves of the state: of the working copy, and of what is public.
    author
        Who submitted the working copy of this round.
    remarks
        What the editor sent back with.
    note
        The public note of the correction that is being drafted.
    published, changed
        When first, and when last, something of it was published.
    """

    language = models.CharField(max_length=35, default="vi")
    slug = models.SlugField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.DRAFT)
    public_state = models.CharField(max_length=20, choices=PublicState.choices, default=PublicState.UNPUBLISHED)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    remarks = models.TextField(blank=True)
    note = models.TextField(blank=True)
    published = models.DateTimeField(null=True, blank=True)
    changed = models.DateTimeField(null=True, blank=True, db_index=True)
    edited = models.DateTimeField(default=timezone.now)
    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """For the tables of work."""

        abstract = True

    @property
    def state(self) -> str:
        """The word for both halves: the stage while something is being changed, else what is public."""
        return self.public_state if self.stage == Stage.SETTLED else self.stage

    @property
    def is_public(self) -> bool:
        """Whether it has a page (also when it was withdrawn: the page stays and says why)."""
        return self.public_state != PublicState.UNPUBLISHED

    @property
    def is_answer(self) -> bool:
        """Whether the desk stands by what is public of it."""
        return self.public_state in (PublicState.PUBLISHED, PublicState.CORRECTED)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the desk no longer stands by it."""
        return self.public_state == PublicState.WITHDRAWN


class PublishedVersion(models.Model):
    """What was published of a work at one moment, whole. Never changed, never deleted: triggers hold it.

    Attributes
    ----------
    number
        From 1.
    kind, note
        Why it was published, and the dated public note of a correction or withdrawal.
    language
        As in the work.
    author, approver
        Two people.
    authors
        The names of all who wrote, first the one who submitted.
    """

    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=RevisionKind.choices)
    note = models.TextField(blank=True)
    language = models.CharField(max_length=35)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    authors = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        """For the tables of versions."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own signature)
        """Add a version; one that is there stays as it is."""
        if not self._state.adding:
            raise TypeError("a revision is not changed: publish the next one")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401
        """Refuse: versions stay public."""
        raise TypeError("a revision is not deleted")
