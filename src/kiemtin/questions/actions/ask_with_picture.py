"""Ask about the text of a picture, as its asker has looked it over."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from kiemtin.matching.ask import Library
from kiemtin.questions.actions.ask import Asked, Brought, ask
from kiemtin.questions.enums import Answered, PictureState
from kiemtin.questions.models import PhotoMark, Picture, Request
from kiemtin.questions.seen import Seen

AT_DESK_FOR = dt.timedelta(days=7)
"""So long the picture of a question that went to the desk is kept, unless a checker needs it (`need_picture`)."""


def ask_with_picture(*, picture: Picture, text: str, channel: str, asker: str, library: Library) -> Request:
    """Ask, and delete the picture if there is an answer; returns the question. Asked once, however often it is sent.

    Raises
    ------
    RefusalError
        See `ask`. The picture stays as it is.
    """
    done = _question_of(picture)
    if done is not None:
        return done
    brought = Brought(picture.code, tuple(Seen(*one) for one in picture.seen))
    asked = ask(text=text, channel=channel, language=picture.language, asker=asker, library=library, brought=brought)
    _settle(picture, asked, at=timezone.now())
    return asked.request


def _question_of(picture: Picture) -> Request | None:
    """Return the question that came of it; also one that was stored right before somebody pulled the plug."""
    row = Picture.objects.select_related("request").get(pk=picture.pk)
    return row.request or Request.objects.filter(code=row.code).first()


@transaction.atomic
def _settle(picture: Picture, asked: Asked, *, at: dt.datetime) -> None:
    row = Picture.objects.select_for_update(of=("self",)).get(pk=picture.pk)
    if row.photo:
        PhotoMark.objects.get_or_create(message=asked.message, photo=row.photo)
    is_answered = asked.band is Answered.ANSWER or bool(asked.outcome)
    row.state, row.request, row.text, row.typed, row.lease = PictureState.ASKED, asked.request, "", "", None
    row.seen = []
    row.secret = b"" if is_answered else row.secret
    row.delete_after = at if is_answered else at + AT_DESK_FOR
    row.save()
