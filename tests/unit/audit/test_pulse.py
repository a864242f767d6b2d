import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.audit.models import Event, Pulse
from kiemtin.audit.pulse import GAP, SILENT, TRIED, Jump, beat, doubted_until, is_believed, is_silent, last_seen
from kiemtin.audit.record import record

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SECOND = dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """What is recorded meanwhile has the time of the clock, and tests may run long after they were collected."""
    monkeypatch.setitem(globals(), "NOW", timezone.now())


def jumps():
    return list(Event.objects.filter(verb="clock.jumped"))


def go_on(since, *, to, step=DAY / 2):
    """Beat evenly up to a moment."""
    at = since
    while at < to:
        at = min(at + step, to)
        assert beat(worker="a", now=at) is Jump.NONE
    return at


def test_without_a_worker_nobody_is_there_and_nothing_is_deleted():
    assert last_seen() is None
    assert is_silent(None)
    assert not is_believed(now=NOW)
    assert doubted_until(now=NOW) is None, "there is nothing to say of a clock that nobody has looked at"


def test_a_worker_leaves_word():
    beat(worker="a", now=NOW)
    beat(worker="a", now=NOW + 10 * SECOND)
    row = Pulse.objects.get()
    assert (row.started, row.seen, last_seen()) == (NOW, NOW + 10 * SECOND, NOW + 10 * SECOND)
    assert not is_silent(last_seen(), now=row.seen + SILENT)
    assert is_silent(last_seen(), now=row.seen + SILENT + SECOND)
    assert is_silent(last_seen(), now=row.seen - DAY), "one from the future is none"


def test_workers_that_are_long_gone_are_forgotten():
    for worker, at in (("gone", NOW - DAY - SECOND), ("here", NOW - SECOND), ("ahead", NOW + DAY)):
        Pulse.objects.create(worker=worker, started=at, seen=at)
    beat(worker="me", now=NOW)
    assert set(Pulse.objects.values_list("worker", flat=True)) == {"here", "me"}


def test_a_new_installation_has_nothing_to_doubt():
    assert beat(worker="a", now=NOW) is Jump.NONE
    assert is_believed(now=NOW)


def test_data_that_no_worker_has_seen_before_are_compared_with_their_newest_event():
    record(by="worker", verb="test.done", desk="")
    at = timezone.now()
    assert beat(worker="a", now=at + GAP + 10 * SECOND) is Jump.AHEAD
    assert not is_believed(now=at + GAP + 10 * SECOND)


@pytest.mark.parametrize(("by", "jump"), [(365 * DAY, Jump.AHEAD), (-DAY, Jump.BACK), (-6 * 60 * SECOND, Jump.BACK)])
def test_a_clock_that_jumped_is_believed_after_a_day(by, jump):
    beat(worker="a", now=NOW)
    assert beat(worker="a", now=NOW + by) is jump
    assert not is_believed(now=NOW + by)
    assert doubted_until(now=NOW + by) == NOW + by + TRIED
    at = go_on(NOW + by, to=NOW + by + TRIED - SECOND)
    assert not is_believed(now=at)
    at = go_on(at, to=at + SECOND)
    assert is_believed(now=at)
    assert doubted_until(now=at) is None


@pytest.mark.parametrize("by", [GAP, -5 * 60 * SECOND, 10 * SECOND])
def test_a_little_is_no_jump(by):
    beat(worker="a", now=NOW)
    assert beat(worker="a", now=NOW + by) is Jump.NONE
    assert is_believed(now=NOW + by)


def test_before_the_next_beat_a_jump_counts_already():
    beat(worker="a", now=NOW)
    assert not is_believed(now=NOW + 365 * DAY)
    assert doubted_until(now=NOW + 365 * DAY) == NOW + 365 * DAY + TRIED


@pytest.mark.parametrize("apart", [10 * DAY, 10 * 60 * SECOND])
def test_a_jump_is_told_in_the_log_and_two_clocks_that_differ_do_not_fill_it(apart):
    beat(worker="a", now=NOW)
    for _ in range(5):
        beat(worker="b", now=NOW + apart)
        assert beat(worker="a", now=NOW) is Jump.BACK
    (told,) = jumps()
    times = {(NOW + by).isoformat(timespec="seconds") for by in (0 * SECOND, apart)}
    assert set(told.detail.values()) == times
    assert not is_believed(now=NOW)
