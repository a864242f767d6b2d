"""What was imported, and how far."""

from __future__ import annotations

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
