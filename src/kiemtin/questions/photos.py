"""Photographs without text that look the same as one that was asked about before."""

from __future__ import annotations

from kiemtin.matching.ask import SHOWN
from kiemtin.matching.finding import Finding
from kiemtin.media.pictures import PhotoHash, same_photos
from kiemtin.questions.answers import CASE_FIELDS, judge, matches_of, said_by_case, standing_case
from kiemtin.questions.enums import Answered
from kiemtin.questions.models import Message, PhotoMark


def sightings(photo: str) -> tuple[Finding, ...]:
    """Return what is published on messages that came with copies of a photograph, by its fingerprint; closest first.

    Looks alone settle nothing: another claim can come with the same photograph. So the asker says whether it is theirs.
    What others wrote beside it is shown to nobody; copies that nobody has checked yet give nothing.
    """
    if not photo:
        return ()
    marks = PhotoMark.objects.values_list("message", "photo").iterator()
    pks = list(dict.fromkeys(same_photos(PhotoHash.parse(photo), ((pk, PhotoHash.parse(one)) for pk, one in marks))))
    rows = Message.objects.select_related(*CASE_FIELDS).in_bulk(pks)
    found = (_answer(rows[pk]) for pk in pks if pk in rows)
    return tuple({one.key: one for one in found if one is not None}.values())[:SHOWN]


def _answer(message: Message) -> Finding | None:
    if (says := said_by_case(standing_case(message.case))) is not None:
        return says.answer
    said = judge(message.band, matches_of(message))
    return said.choices[0].finding if said.band is Answered.ANSWER else None
