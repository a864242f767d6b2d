"""Read the text of pictures. The worker calls it again and again."""

from __future__ import annotations

import datetime as dt
from dataclasses import astuple
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from kiemtin.audit.clock import is_over
from kiemtin.media.pictures import PictureError, has_text, photo_hash, read_text, reopen
from kiemtin.questions.digest import MAX_LENGTH, take
from kiemtin.questions.enums import PictureState
from kiemtin.questions.exceptions import UnreadablePictureError
from kiemtin.questions.models import Picture
from kiemtin.questions.refusals import RefusalError
from kiemtin.questions.secrets import unseal_picture
from kiemtin.questions.seen import seen_in

LEASE = dt.timedelta(minutes=2)
"""So long a reading may take before another worker begins anew."""

ATTEMPTS = 2
"""A picture that ended the worker so often is left to its asker to type."""


def read_next(*, now: dt.datetime | None = None) -> int:
    """Read the picture that has waited longest; returns how many were read, 0 or 1.

    What was read is masked before it is stored. A picture without text gets a fingerprint of its looks in its place.
    What goes wrong is stored with the picture, and its asker types what it says.
    """
    at = now or timezone.now()
    due = Q(state=PictureState.WAITING) | (Q(state=PictureState.READING) & is_over("lease", at, longest=LEASE))
    row = Picture.objects.filter(due).order_by("at", "pk").first()
    if row is None:
        return 0
    taken = Picture.objects.filter(due, pk=row.pk)
    if not taken.update(state=PictureState.READING, lease=at + LEASE, attempts=F("attempts") + 1):
        return 0
    found: dict[str, Any] = _read(row) if row.attempts < ATTEMPTS else {"failure": "not-read"}
    # Whoever has typed the text meanwhile has asked already.
    reading = Picture.objects.filter(pk=row.pk, state=PictureState.READING)
    reading.update(state=PictureState.READ, lease=None, **found)
    return 1


def _read(row: Picture) -> dict[str, Any]:
    try:
        opened = reopen(unseal_picture(bytes(row.secret)))
        read = read_text(opened)
        if has_text(read):
            return _kept(row, read.text[:MAX_LENGTH])
        photo = photo_hash(opened)
    except UnreadablePictureError as error:
        return {"failure": error.code}
    except PictureError as error:
        return {"failure": error.code.value}
    return {"photo": str(photo) if photo is not None else ""}


def _kept(row: Picture, text: str) -> dict[str, Any]:
    """Return what may be stored of what was read; no text where nothing is left after masking."""
    try:
        taken = take(text)
    except RefusalError:
        return {"text": ""}
    seen = [list(astuple(one)) for one in seen_in(taken)]
    try:
        masked = taken.readable()
    except RefusalError:
        masked = ""
    return {"text": masked, "seen": [*row.seen, *seen]}
