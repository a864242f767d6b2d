import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.questions.demand import EPOCH, HALF_LIFE, DayCount, bump, bumped, daily, heat_of_case, joined, value_now
from kiemtin.questions.models import Case, Demand, Message

NOW = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
times = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC))


def test_a_request_loses_half_its_worth_in_a_day():
    heat = bumped(0.0, NOW)
    assert value_now(heat, NOW) == pytest.approx(1)
    assert value_now(heat, NOW + HALF_LIFE) == pytest.approx(1 / 2)
    # Two now and four a day ago are worth 2 + 4 / 2.
    for at in [NOW] + [NOW - HALF_LIFE] * 4:
        heat = bumped(heat, at)
    assert value_now(heat, NOW) == pytest.approx(4)


def test_none_is_worth_nothing():
    assert value_now(0.0, NOW) == pytest.approx(0, abs=1e-200)
    assert joined([]) == 0.0


@given(st.lists(times, min_size=1, max_size=20), st.integers(0, 20))
def test_joining_is_counting_together(at, cut):
    def heat(some):
        total = 0.0
        for one in some:
            total = bumped(total, one)
        return total

    assert joined([heat(at[:cut]), heat(at[cut:])]) == pytest.approx(heat(at))
    assert heat(at) == pytest.approx(heat(sorted(at, reverse=True)))


def test_the_order_never_changes_by_itself():
    burst, slow = 0.0, 0.0
    for hour in range(10):
        burst = bumped(burst, NOW - dt.timedelta(minutes=hour))
        slow = bumped(slow, NOW - dt.timedelta(days=hour))
    assert burst > slow
    assert math.isfinite(bumped(burst, EPOCH + dt.timedelta(days=365 * 100)))


@pytest.fixture
def case(desk):
    return Case.objects.create(desk=desk, title="Một")


def test_the_heat_of_a_case_is_that_of_its_messages(case):
    for number, count in enumerate((3, 1)):
        heat = 0.0
        for _ in range(count):
            heat = bumped(heat, NOW)
        Message.objects.create(digest=str(number), text="x", case=case, heat=heat)
    assert value_now(heat_of_case(case), NOW) == pytest.approx(4)


def test_the_days_of_a_case_have_no_gaps(case, django_assert_num_queries):
    today = dt.date(2026, 11, 24)
    messages = [Message.objects.create(digest=str(number), text="x", case=case) for number in range(2)]
    other = Message.objects.create(digest="other", text="x")
    for message, ago, count in [(messages[0], 0, 2), (messages[1], 0, 3), (messages[0], 29, 1), (messages[0], 30, 9)]:
        Demand.objects.create(message=message, day=today - dt.timedelta(days=ago), count=count)
    Demand.objects.create(message=other, day=today, count=7)
    with django_assert_num_queries(1):
        series = daily(case, today=today)
    assert len(series) == 30
    assert series[0] == DayCount(today - dt.timedelta(days=29), 1)
    assert series[-1] == DayCount(today, 5)
    assert sum(day.count for day in series) == 6


@pytest.mark.django_db
def test_who_came_first_and_waited_does_not_turn_the_time_back(desk):
    late, early = NOW, NOW - dt.timedelta(seconds=1)
    case = Case.objects.create(desk=desk, title="tin đồn", asked=1, first_asked=early, last_asked=early)
    message = Message(text="tin đồn", digest="0" * 64, asked=1, last_asked=early)
    message.save()
    for at in (late, early):
        bump(message=message, case=case, at=at)
    assert message.last_asked == case.last_asked == late
    assert message.asked == 3
