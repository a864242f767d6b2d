"""What the workers leave behind at each beat: that they are there, and what their clock says."""

from __future__ import annotations

from django.db import models


class Pulse(models.Model):
    """A worker.

    Attributes
    ----------
    worker
        Its own word for itself, another one at each start.
    started, seen
        When it began, and when it was last there.
    """

    worker = models.CharField(max_length=40, primary_key=True)
    started = models.DateTimeField()
    seen = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.worker}: {self.seen:%Y-%m-%d %H:%M:%S}"


class Clock(models.Model):
    """The clock, as the workers see it: one row.

    Attributes
    ----------
    seen
        What it said last.
    even_since
        Since when it has gone on evenly, without a jump or a longer gap.
    """

    NAME = "wall"

    name = models.CharField(max_length=10, primary_key=True, default=NAME)
    seen = models.DateTimeField()
    even_since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.seen:%Y-%m-%d %H:%M:%S}"
