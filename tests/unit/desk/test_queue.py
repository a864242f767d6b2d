import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.accounts.enums import Role
from kiemtin.desk.queue import Trend, open_proposals, people_of, trend_of
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.models import Match
from tests.unit.questions.making import make_case


def at(hour):
    return timezone.make_aware(dt.datetime(2026, 11, 24, hour))


@pytest.mark.parametrize(
    ("days", "hour", "expected"),
    [
        ((0, 0, 12), 0, Trend(12, 0)),  # just after midnight: all of today lies in the last 24 hours
        ((10, 20, 6), 12, Trend(16, 15)),  # 6 + half of 20; half of 20 + half of 10
        ((8, 8, 6), 18, Trend(8, 8)),  # 6 + a quarter of 8; three quarters of 8 + a quarter of 8
    ],
)
def test_the_trend_is_reckoned_from_the_days(days, hour, expected):
    assert trend_of(days, at(hour)) == expected


@pytest.mark.parametrize(
    ("recent", "before", "way"), [(0, 0, ""), (1, 0, "up"), (13, 10, "up"), (12, 10, "flat"), (5, 10, "down")]
)
def test_a_trend_has_a_way_when_the_change_can_be_noticed(recent, before, way):
    assert Trend(recent, before).way == way


@pytest.mark.django_db
def test_people_are_those_who_can_have_a_case(desk, member):
    member("Đọc", Role.READER, desk)
    gone = member("Đã nghỉ", Role.EDITOR, desk)
    gone.is_active = False
    gone.save()
    lan, an = member("Lan", Role.CHECKER, desk), member("An", Role.EDITOR, desk)
    assert people_of(desk) == [an, lan]


@pytest.mark.django_db
def test_a_proposal_is_open_only_between_two_cases(desk, checker):
    case, other, third = make_case(desk), make_case(desk), make_case(desk)
    to_other, _to_itself = (
        Match.objects.create(message=case.messages.get(), case=target, probability=0.5, band="maybe")
        for target in (other, case)
    )
    assert list(open_proposals()) == [to_other]
    merge(source=other, target=case, by=checker)
    assert not open_proposals().exists()
    Match.objects.create(message=case.messages.first(), case=third, probability=0.5, band="maybe", decision="no")
    assert not open_proposals().exists()
