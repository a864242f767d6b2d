import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.utils import timezone

from kiemtin.audit.models import Clock, Pulse
from kiemtin.config import chores as module
from kiemtin.config.chores import chores, pulse
from kiemtin.questions.models import ReplyAddress
from tests.unit.questions.making import make_message, make_request

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def chore(name, **given):
    (found,) = (one for one in chores(**given) if one.name == name)
    return found


@pytest.fixture
def due():
    """An address whose time is over."""
    make_request(make_message(requests=0))
    ReplyAddress.objects.update(purge_after=timezone.now() - DAY)


def test_old_copies_of_the_database_go_with_the_rest(data):
    old = data / "before-update-20200101-000000.sqlite3"
    old.touch()
    pulse("a")
    clearing = chore("clearing up")
    assert clearing.do(0.0) is False
    assert clearing.failures == 0
    assert not old.exists()


def test_what_is_over_is_deleted_while_the_clock_is_believed(due):
    pulse("a")
    chore("clearing up").run()
    assert not ReplyAddress.objects.exists()


def test_a_clock_that_jumped_deletes_nothing(due):
    pulse("a")
    Clock.objects.update(seen=timezone.now() - 365 * DAY)  # and now it is a year later
    chore("clearing up").run()
    pulse("a")
    chore("clearing up").run()
    assert ReplyAddress.objects.exists()
    Clock.objects.update(even_since=timezone.now() - DAY)
    chore("clearing up").run()
    assert not ReplyAddress.objects.exists()


def test_a_clock_that_jumped_makes_no_month_of_open_data(monkeypatch):
    made = []
    monkeypatch.setattr(module, "is_month_due", lambda: True)
    monkeypatch.setattr(module, "import_module", lambda _: SimpleNamespace(publish=lambda **by: made.append(by)))
    pulse("a")
    Clock.objects.update(seen=timezone.now() - 365 * DAY)
    chore("open data").run()
    assert made == []
    Clock.objects.update(seen=timezone.now())
    chore("open data").run()
    assert made == [{"by": "worker"}]


def test_after_a_jump_back_nobody_is_locked_out_by_what_the_wrong_clock_counted():
    cache = caches["default"]
    pulse("a")
    cache.set("attempts", 1)
    pulse("a")
    assert cache.get("attempts") == 1
    Clock.objects.update(seen=timezone.now() + 365 * DAY)
    pulse("a")
    assert cache.get("attempts") is None
    assert Pulse.objects.count() == 1


def test_replies_stop_with_the_worker(monkeypatch):
    given = []
    monkeypatch.setattr(module, "deliver", lambda **what: given.append(what) or SimpleNamespace(count=0))
    replies = chore("replies", is_to_end=lambda: True)
    replies.run()
    assert given[0]["is_to_end"]()
    assert replies.is_apart
    assert 0 < replies.grace < 15, "the supervisor kills after fifteen seconds"


def test_nothing_holds_up_the_index():
    """Two hundred new messages at once, or a month of open data, would: the loop does the index alone."""
    assert [one.name for one in chores() if not one.is_apart] == ["index"]


def test_what_is_stored_in_steps_is_finished_at_the_end():
    for name in ("cases", "clearing up", "open data"):
        assert 0 < chore(name).grace < 15, "the supervisor kills after fifteen seconds"
