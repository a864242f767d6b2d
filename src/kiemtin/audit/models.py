"""The log itself."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone

from kiemtin.audit.exceptions import AppendOnlyError


class Event(models.Model):
    """One thing that happened. Never changed, never deleted: the database has triggers against both.

    Attributes
    ----------
    at
        When.
    actor
        In which role it was done (`command-line`), never who by name.
    verb
        What was done, as `object.verb` in the past (`reviews.upserted`).
    object_type, object_id
        What it was done to.
    detail
        Counts and states; no personal data.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.CharField(max_length=100)
    verb = models.CharField(max_length=100)
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        """Newest last, as it was written."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=["object_type", "object_id"], name="audit_event_object"),
            # For a desk's log, from the newest, narrowed to a person or to what is done rarely.
            models.Index(fields=["actor", "id"], name="audit_event_actor"),
            models.Index(fields=["verb", "id"], name="audit_event_verb"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor}: {self.verb} {self.object_type} {self.object_id}".rstrip()

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's own signature)
        """Append the event; an event that is already stored raises AppendOnlyError."""
        if not self._state.adding:
            raise AppendOnlyError(f"event {self.pk} is in the log and stays as it is")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401
        """Raise AppendOnlyError: nothing leaves the log."""
        raise AppendOnlyError(f"event {self.pk} is in the log and stays there")
