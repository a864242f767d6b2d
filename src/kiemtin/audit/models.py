"""The logs: of everything that happened, for the desk; and of what was published, for everybody."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone

from kiemtin.audit.exceptions import AppendOnlyError
from kiemtin.audit.pulse_models import Clock, Pulse

__all__ = ["Clock", "Event", "Kept", "LogEntry", "LogHead", "LogNode", "PublicLog", "Pulse"]


class Kept(models.Model):
    """A row that is added and then stays as it is. The database has triggers against anything else."""

    class Meta:
        """For all tables of the logs."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own signature)
        """Append the row; one that is already stored raises AppendOnlyError."""
        if not self._state.adding:
            raise AppendOnlyError(f"{self._meta.verbose_name} {self.pk} is in the log and stays as it is")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401
        """Raise AppendOnlyError: nothing leaves the log."""
        raise AppendOnlyError(f"{self._meta.verbose_name} {self.pk} is in the log and stays there")


class Event(Kept):
    """One thing that happened.

    Attributes
    ----------
    at
        When.
    actor
        Who did it: a number at the desk (`user-7`, `token-3`) or a part of the program (`worker`), never a name.
    verb
        What was done, as `object.verb` in the past (`reviews.upserted`).
    desk
        Slug of the desk that it concerns; empty for what concerns the installation.
    object_type, object_id
        What it was done to.
    detail
        Counts and states; no personal data.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.CharField(max_length=100)
    verb = models.CharField(max_length=100)
    desk = models.CharField(max_length=60, blank=True)
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        """Newest last, as it was written."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=["object_type", "object_id"], name="audit_event_object"),
            models.Index(fields=["verb", "id"], name="audit_event_verb"),
            # For a desk's log, from the newest, narrowed to a time, a person or to what is done rarely.
            models.Index(fields=["desk", "id"], name="audit_event_desk"),
            models.Index(fields=["desk", "at"], name="audit_event_desk_at"),
            models.Index(fields=["desk", "actor", "id"], name="audit_event_desk_actor"),
            models.Index(fields=["desk", "verb", "id"], name="audit_event_desk_verb"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor}: {self.verb} {self.object_type} {self.object_id}".rstrip()


class PublicLog(Kept):
    """The public log itself: one row, which whoever adds to the log holds locked meanwhile.

    Attributes
    ----------
    origin
        Its name for good (C2SP tlog-checkpoint): the address it was begun at, without the protocol. It stays when the
        address changes, so that old heads still fit.
    """

    NAME = "public"

    name = models.CharField(max_length=20, primary_key=True, default=NAME)
    origin = models.CharField(max_length=500)

    def __str__(self) -> str:
        return self.origin


class LogEntry(Kept):
    """One entry of the public log.

    Attributes
    ----------
    index
        Its place, from 0.
    about
        What it is about, to find it by (`publiclog.entries.about_of`): `check/12/3`, its third version, or `case/5`.
    leaf
        The entry as it is hashed: canonical JSON (see `publiclog.entries`).
    digest
        Hash of the leaf by RFC 9162, 32 bytes.
    """

    index = models.PositiveBigIntegerField(primary_key=True)
    about = models.CharField(max_length=60, db_index=True)
    leaf = models.BinaryField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        """As they were added."""

        ordering = ("index",)

    def __str__(self) -> str:
        return f"{self.index}: {self.about}"


class LogNode(Kept):
    """Hash over a full tile: 256 hashes of the level below, so that no head needs all entries to be read.

    Attributes
    ----------
    level
        From 1; level 0 are the entries.
    index
        Place within the level.
    """

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        """One hash a place."""

        constraints = (models.UniqueConstraint(fields=["level", "index"], name="one_node_a_place"),)

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class LogHead(Kept):
    """A signed head: how many entries there were, and the hash over all of them.

    Attributes
    ----------
    size, root
        How many entries, and the hash over them by RFC 9162, 32 bytes.
    note
        The signed note (C2SP tlog-checkpoint), as it is given to everybody.
    """

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        """As they were signed."""

        ordering = ("size",)

    def __str__(self) -> str:
        return f"{self.size}"
