"""Take a picture that somebody asks about."""

from __future__ import annotations

import datetime as dt
from dataclasses import astuple

from django.utils import timezone

from kiemtin.media.pictures import PictureError, open_picture
from kiemtin.questions.codes import new_code
from kiemtin.questions.digest import Taken, take
from kiemtin.questions.enums import Language
from kiemtin.questions.models import Picture
from kiemtin.questions.refusals import NothingToReadError, OnlyPersonalDataError, PictureRefusedError
from kiemtin.questions.secrets import seal_picture
from kiemtin.questions.seen import seen_in

UNASKED_FOR = dt.timedelta(days=3)
"""So long a picture waits for its asker to look over what was read from it."""


def take_picture(*, data: bytes, language: str, typed: str = "", now: dt.datetime | None = None) -> Picture:
    """Open a picture safely and keep it, encrypted, for the worker to read. Nothing counts before its asker says so.

    Parameters
    ----------
    data
        The file as it was sent. Only its pixels are kept.
    language
        The language to answer in.
    typed
        What was written beside it.

    Raises
    ------
    PictureRefusedError
        It is none, or cannot be opened within bounds.
    TooLongError, NotATextError
        What was written beside it.
    """
    beside = take(typed)
    text = _readable(beside)
    try:
        opened = open_picture(data)
    except PictureError as error:
        raise PictureRefusedError(error.code.value) from None
    at = now or timezone.now()
    return Picture.objects.create(
        code=new_code(),
        secret=seal_picture(opened.data),
        language=language if language in Language.values else Language.VI,
        typed=text,
        seen=[list(astuple(one)) for one in seen_in(beside)] if text else [],
        at=at,
        delete_after=at + UNASKED_FOR,
    )


def _readable(beside: Taken) -> str:
    try:
        return beside.readable()
    except (NothingToReadError, OnlyPersonalDataError):
        return ""
