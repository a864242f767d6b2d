"""Photographs without text that look the same as one that was asked about before."""

from __future__ import annotations

from dataclasses import dataclass

from kiemtin.matching.ask import SHOWN
from kiemtin.matching.finding import Finding
from kiemtin.media.pictures import PhotoHash, same_photos
from kiemtin.questions.answers import CASE_FIELDS, judge, matches_of, said_by_case, standing_case
from kiemtin.questions.enums import Answered
from kiemtin.questions.models import Message, PhotoMark


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was said with a copy of the photograph, and what answers that, if anything does."""

    message: Message
    answer: Finding | None = None


def sightings(photo: str) -> tuple[Sighting, ...]:
    """Return what was said with copies of a photograph, by its fingerprint, closest first, one of each case.

    Looks alone settle nothing: another claim can come with the same photograph. So the asker says whether it is theirs.
    """
    if not photo:
        return ()
    marks = PhotoMark.objects.values_list("message", "photo").iterator()
    pks = list(dict.fromkeys(same_photos(PhotoHash.parse(photo), ((pk, PhotoHash.parse(one)) for pk, one in marks))))
    rows = Message.objects.select_related(*CASE_FIELDS).in_bulk(pks)
    found: dict[int, Sighting] = {}
    for message in (rows[pk] for pk in pks if pk in rows):
        case = standing_case(message.case)
        found.setdefault(-message.pk if case is None else case.pk, Sighting(message, _answer(message)))
    return tuple(found.values())[:SHOWN]


def _answer(message: Message) -> Finding | None:
    if (says := said_by_case(standing_case(message.case))) is not None:
        return says.answer
    said = judge(message.band, matches_of(message))
    return said.choices[0].finding if said.band is Answered.ANSWER else None
