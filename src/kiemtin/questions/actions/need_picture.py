"""Keep a picture for the case that it belongs to: a checker must see it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import Action
from kiemtin.questions.casework import begin, log
from kiemtin.questions.exceptions import PictureGoneError
from kiemtin.questions.models import Case, Picture

NEEDED_FOR = dt.timedelta(days=30)
"""So long after it was sent a picture that a checker needs is kept."""


@transaction.atomic
def need_picture(*, picture: Picture, case: Case, by: User, now: dt.datetime | None = None) -> Picture:
    """Show the picture to the case's desk from now on, until thirty days after it was sent.

    Raises
    ------
    NotAllowedError, ConflictOfInterestError
    PictureGoneError
        It was deleted meanwhile, or belongs to another case.
    """
    begin(Action.NEED_PICTURE, case=case, by=by)
    rows = Picture.objects.select_for_update(of=("self",)).filter(request__message__case=case)
    row = rows.filter(pk=picture.pk).first()
    if row is None or not row.secret:
        raise PictureGoneError(f"picture {picture.pk}")
    if row.needed is None:
        row.needed, row.delete_after = now or timezone.now(), row.at + NEEDED_FOR
        row.save(update_fields=["needed", "delete_after"])
        log(Action.NEED_PICTURE, case=case, by=by, picture=row.pk)
    return row
