import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.checks.models import ExternalReview
from kiemtin.exchange.actions.end_source import end_source
from kiemtin.exchange.actions.fetch_due import fetch_due
from kiemtin.exchange.actions.pause_source import pause_source
from kiemtin.exchange.models import ReviewSource, SourcedReview
from kiemtin.exchange.sources import Outcome, SourceKind, SourceState

pytestmark = pytest.mark.django_db


def standing():
    return ExternalReview.objects.filter(withdrawn=False).count()


@pytest.fixture
def ended(source, look, publish, node):
    """A source with two reviews that is no longer followed, before the worker came to it."""
    publish(node(1), node(2))
    row = source()
    look(row)
    assert end_source(source=row, by="test")
    row.refresh_from_db()
    return row


def test_the_worker_takes_out_what_came_from_it_once(ended, fetcher, web):
    asked = len(web.seen)
    assert standing() == 2
    assert fetch_due(fetcher=fetcher) == 1
    ended.refresh_from_db()
    assert (standing(), ended.outcome, ended.detail) == (0, Outcome.ENDED, {"withdrawn": 2})
    ReviewSource.objects.update(due=timezone.now() - dt.timedelta(days=1))
    assert fetch_due(fetcher=fetcher) == 0
    assert len(web.seen) == asked, "nobody is asked for anything any more"


def test_it_is_ended_once_and_not_paused_then(ended):
    assert not end_source(source=ended, by="test")
    assert not pause_source(source=ended, by="test")
    ended.refresh_from_db()
    assert ended.state == SourceState.ENDED
    told = list(Event.objects.filter(verb="source.changed").values_list("detail__what", flat=True))
    assert told == ["added", "ended"]


def test_followed_again_its_reviews_are_back_though_its_server_says_that_nothing_changed(
    source, look, publish, node, fetcher
):
    publish(node(1), headers={"ETag": '"a"'})
    row = source()
    look(row)
    end_source(source=row, by="test")
    fetch_due(fetcher=fetcher)
    assert standing() == 0
    pause_source(source=row, by="test", is_paused=False)
    look(row)
    assert (standing(), row.state) == (1, SourceState.ACTIVE)


def test_another_source_that_has_the_same_review_brings_it_back(source, look, publish, node, web, fetcher, due):
    publish(node(1), headers={"ETag": '"a"'})
    publish(node(1), place="list.example/feed.json", headers={"ETag": '"b"'})
    first = source()
    look(first)
    other = source("list.example/feed.json", is_collection=True, site="", publisher="")
    assert look(other).left_out["held"] == 1
    end_source(source=first, by="test")
    fetch_due(fetcher=fetcher)
    assert standing() == 0
    due(other)
    assert fetch_due(fetcher=fetcher) == 1
    assert standing() == 1
    assert SourcedReview.objects.get().source == other


def test_an_end_while_it_is_fetched_is_not_forgotten(source, publish, node, look, fetcher, monkeypatch):
    """What the look under way still brings is taken out after it."""
    from kiemtin.exchange.actions import fetch_source as module

    publish(node(1))
    row = source()
    read = module.READ[SourceKind.DATAFEED]

    def ended_meanwhile(look):
        end_source(source=look.source, by="test")
        return read(look)

    monkeypatch.setitem(module.READ, SourceKind.DATAFEED, ended_meanwhile)
    look(row)
    assert (standing(), row.state) == (1, SourceState.ENDED)
    ReviewSource.objects.update(due=timezone.now())
    assert fetch_due(fetcher=fetcher) == 1
    assert standing() == 0
