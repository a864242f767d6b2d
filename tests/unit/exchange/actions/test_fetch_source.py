"""A source from its first look on: against a real server on the loopback, with the real import."""

import datetime as dt
import errno
import gzip
import json

import pytest
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.checks.models import ExternalReview
from kiemtin.exchange import following
from kiemtin.exchange.actions import import_file as importing
from kiemtin.exchange.actions.edit_source import content_of, edit_source
from kiemtin.exchange.actions.fetch_due import fetch_due
from kiemtin.exchange.actions.fetch_source import fetch_source, pause_after
from kiemtin.exchange.actions.pause_source import pause_source
from kiemtin.exchange.exceptions import SourceBusyError
from kiemtin.exchange.fetching.failures import Failure
from kiemtin.exchange.kinds import feed as feed_kind
from kiemtin.exchange.looking import Report
from kiemtin.exchange.models import ImportRun, ReviewSource, SourcedReview
from kiemtin.exchange.sources import Outcome, Schedule, SourceKind

pytestmark = pytest.mark.django_db


def standing():
    return sorted(ExternalReview.objects.filter(withdrawn=False).values_list("claim", flat=True))


def number_of(claim):
    return int(claim.split()[3])


def numbers():
    return sorted(map(number_of, standing()))


def test_what_a_feed_has_is_there(source, look, publish, node):
    publish(node(1), node(2, reviewRating={"@type": "Rating", "alternateName": "Tin giả"}))
    row = source()
    report = look(row)
    assert (report.outcome, report.added) == (Outcome.TAKEN, 2)
    assert numbers() == [1, 2]
    review = ExternalReview.objects.get(claim__contains="số 2")
    assert (review.publisher_name, review.rating) == ("Báo Kiểm", "Tin giả")
    assert (row.failures, row.lease, row.outcome) == (0, None, Outcome.TAKEN)
    assert row.succeeded


@pytest.mark.parametrize("form", ["gzip", "lines", "packed"])
def test_in_each_form(form, source, look, web, node):
    place, rows = "publisher.example/feed.json", [node(1), node(2)]
    if form == "lines":
        web.put(place, "\n".join(map(json.dumps, rows)))
    else:
        body = json.dumps({"@type": "DataFeed", "dataFeedElement": [{"item": [row]} for row in rows]}).encode()
        web.put(place, gzip.compress(body) if form == "gzip" else body, packed=form == "packed")
    assert look(source()).added == 2


def test_what_has_not_changed_is_not_fetched_again_and_not_told(source, look, publish, node, web):
    publish(node(1), headers={"ETag": '"a"'})
    row = source()
    look(row)
    before = Event.objects.count()
    assert look(row).outcome is Outcome.SAME
    assert web.seen[-1][1]["If-None-Match"] == '"a"'
    assert Event.objects.count() == before
    publish(node(1), headers={"ETag": '"b"'})  # other validators, the same content
    assert look(row).outcome is Outcome.SAME
    assert Event.objects.count() == before


def test_a_change_follows(source, look, publish, node):
    row = source()
    publish(node(1), node(2))
    look(row)
    publish(node(1, reviewRating={"@type": "Rating", "alternateName": "Đúng"}), node(2))
    assert look(row).changed == 1
    review = ExternalReview.objects.get(claim__contains="số 1")
    assert (review.rating, review.rating_before) == ("Đúng", "Sai")
    assert review.reworded


def test_what_is_missing_from_a_whole_feed_is_withdrawn_and_comes_back_with_it(source, look, publish, node):
    row = source()
    many = [node(number) for number in range(10)]
    publish(*many)
    look(row)
    publish(*many[1:])
    assert look(row).withdrawn == 1
    assert numbers() == list(range(1, 10))
    assert SourcedReview.objects.get(is_gone=True).review.withdrawn
    publish(*many)
    look(row)
    assert numbers() == list(range(10))
    assert Event.objects.filter(verb="review.restored").count() == 1


def test_content_that_was_here_before_is_read_again(source, look, publish, node):
    """A feed goes from A to B and back to A: A was imported to its end once, and still brings back what it has."""
    row = source()
    many = [node(number) for number in range(10)]
    for content in (many, many[2:], many, many[2:]):
        publish(*content)
        look(row)
        assert len(standing()) == len(content)
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b'{"error": "try later"}', b"<html>Sorry</html>", b'{"@type":"DataFeed","dataFeedElement":[]}'],
)
def test_a_feed_that_comes_back_empty_withdraws_nothing(body, source, look, publish, node, web):
    row = source()
    publish(*[node(number) for number in range(3)])
    for number in range(3):
        _page(web, node(number))
    look(row)
    web.put("publisher.example/feed.json", body)
    report = look(row)
    assert report.outcome in (Outcome.DOUBTFUL, Outcome.UNREADABLE)
    assert len(standing()) == 3
    publish(*[node(number) for number in range(3)])
    assert look(row).outcome in (Outcome.TAKEN, Outcome.SAME)
    assert len(standing()) == 3


def _page(web, review, **fields):
    place = review["url"].removeprefix("http://").replace(f":{web.port}", "")
    script = f'<script type="application/ld+json">{json.dumps(review)}</script>'
    web.put(place, f"<!DOCTYPE html>\n<html><head>{script}</head></html>", **fields)


def test_an_only_check_that_was_withdrawn_follows_because_its_page_is_gone(source, look, publish, node, web):
    row = source()
    publish(node(1))
    _page(web, node(1))
    look(row)
    publish()
    assert look(row).outcome is Outcome.DOUBTFUL
    assert standing() != []
    _page(web, node(1), status=410)
    assert look(row).withdrawn == 1
    assert standing() == []


def test_a_page_without_its_review_is_gone_too(source, look, publish, node, web):
    row = source()
    publish(node(1))
    look(row)
    publish()
    web.put("publisher.example/check/1", "<!DOCTYPE html>\n<html><p>Withdrawn.</p></html>")
    assert look(row).withdrawn == 1


def test_where_much_is_missing_only_what_is_gone_at_its_own_address_is_withdrawn(source, look, publish, node, web):
    row = source()
    many = [node(number) for number in range(30)]
    for one in many:
        _page(web, one)
    publish(*many)
    look(row)
    _page(web, many[0], status=404)
    publish(*many[20:])
    for _ in range(12):  # some are looked up at a time, by chance
        look(row)
    assert numbers() == list(range(1, 30))
    assert row.detail["in_doubt"] == 19


def test_a_feed_that_breaks_off_withdraws_nothing(source, look, publish, node, web):
    row = source()
    many = [node(number) for number in range(10)]
    publish(*many)
    look(row)
    body = web.pages["publisher.example/feed.json"].body
    web.put("publisher.example/feed.json", body[: len(body) * 9 // 10])
    report = look(row)
    assert (report.outcome, report.withdrawn) == (Outcome.PARTLY, 0)
    assert report.in_doubt
    assert len(standing()) == 10
    assert look(row).withdrawn == 0, "nor the next time, when the same broken content is there again"
    assert row.outcome == Outcome.PARTLY
    web.put("publisher.example/feed.json", b"x", status=500)
    look(row)
    web.put("publisher.example/feed.json", body[: len(body) * 9 // 10])
    assert look(row).withdrawn == 0, "nor after it was not there for a time"
    web.put("publisher.example/feed.json", body)
    assert look(row).outcome in (Outcome.TAKEN, Outcome.SAME)
    web.put("publisher.example/feed.json", gzip.compress(body)[:-30])
    assert look(row).withdrawn == 0
    web.put("publisher.example/feed.json", body, cut=len(body) // 2)
    assert look(row).failure is Failure.INTERRUPTED
    assert len(standing()) == 10


@pytest.mark.parametrize("status", [404, 410, 500, 403])
def test_a_feed_that_is_gone_withdraws_nothing_and_is_reported(status, source, look, publish, node, web):
    row = source()
    publish(node(1))
    look(row)
    web.put("publisher.example/feed.json", b"x", status=status)
    report = look(row)
    assert report.outcome is Outcome.FAILED
    assert standing() != []
    assert (row.failures, row.detail["status"]) == (1, status)


def test_a_row_that_cannot_be_read_costs_itself(source, look, publish, node):
    publish(node(1), node(2, claimReviewed=""))
    report = look(source())
    assert (report.added, report.bad, report.outcome) == (1, 1, Outcome.TAKEN)


def test_a_first_fetch_that_was_killed_goes_on_where_it_was(source, look, publish, node, monkeypatch):
    monkeypatch.setattr(importing, "BATCH", 3)
    row = source()
    publish(*[node(number) for number in range(10)])

    def killed(self, done, total, rows):
        if rows >= 6:
            raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(feed_kind._Ear, "moved", killed)
        with pytest.raises(KeyboardInterrupt):
            look(row)
    row.refresh_from_db()
    assert (ExternalReview.objects.count(), row.lease) == (6, None)
    report = look(row)
    assert report.added == 10
    assert report.withdrawn == 0
    assert ExternalReview.objects.count() == 10
    assert SourcedReview.objects.filter(round=row.round).count() == 10


def test_content_that_was_left_unfinished_for_another_is_read_from_its_beginning(
    source, look, publish, node, monkeypatch
):
    """Else what came before the place where it was left would count as missing."""
    monkeypatch.setattr(importing, "BATCH", 3)
    row = source()
    first = [node(number) for number in range(10)]
    publish(*first)
    with monkeypatch.context() as dying:
        dying.setattr(feed_kind._Ear, "moved", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            look(row)
    publish(*first, node(11))
    look(row)
    publish(*first)
    assert look(row).withdrawn == 1
    assert numbers() == list(range(10))


def test_another_name_for_the_publisher_is_shown_with_all_its_reviews(source, look, publish, node, editor):
    publish(node(1), headers={"ETag": '"a"'})
    row = source()
    look(row)
    changed = content_of(row)
    edit_source(source=row, content=type(changed)(**(_fields(changed) | {"publisher": "Báo Khác"})), by=editor)
    assert look(row).changed == 1
    assert ExternalReview.objects.get().publisher_name == "Báo Khác"


def _fields(content):
    return {name: getattr(content, name) for name in content.__slots__}


# When, and how often


def test_one_look_at_a_time(source, look, publish, node, fetcher):
    publish(node(1))
    row = source()
    ReviewSource.objects.filter(pk=row.pk).update(lease=timezone.now() + dt.timedelta(minutes=1))
    with pytest.raises(SourceBusyError):
        look(row)
    assert fetch_due(fetcher=fetcher) == 0
    ReviewSource.objects.filter(pk=row.pk).update(lease=timezone.now() - dt.timedelta(seconds=1))
    assert look(row).added == 1, "who held it died"


def test_a_clock_that_was_a_year_ahead_leaves_no_source_behind(source, publish, node, fetcher):
    publish(node(1))
    row = source()
    ahead = timezone.now() + dt.timedelta(days=365)
    ReviewSource.objects.filter(pk=row.pk).update(due=ahead, tried=ahead, lease=ahead)
    assert fetch_due(fetcher=fetcher) == 1
    assert fetch_due(fetcher=fetcher) == 0


def test_due_sources_are_looked_at_the_longest_waiting_first(source, publish, node, fetcher, web, due):
    first, second = source(), source("publisher.example/other.json")
    publish(node(1))
    publish(node(2), place="publisher.example/other.json")
    ReviewSource.objects.filter(pk=second.pk).update(due=timezone.now() - dt.timedelta(hours=1))
    assert fetch_due(fetcher=fetcher) == 1
    assert web.paths() == ["publisher.example/other.json"]
    assert fetch_due(fetcher=fetcher) == 1
    assert fetch_due(fetcher=fetcher) == 0
    due(first)
    pause_source(source=first, by="test")
    assert fetch_due(fetcher=fetcher) == 0


def test_a_broken_source_stops_no_other(source, publish, node, fetcher, monkeypatch):
    broken, _ = source(), source("publisher.example/other.json")
    publish(node(2), place="publisher.example/other.json")

    def trips(look):
        if look.source.pk == broken.pk:
            raise ZeroDivisionError
        return feed_kind.read_feed(look)

    monkeypatch.setitem(feed_kind_registry(), SourceKind.DATAFEED, trips)
    assert [fetch_due(fetcher=fetcher), fetch_due(fetcher=fetcher), fetch_due(fetcher=fetcher)] == [1, 1, 0]
    assert numbers() == [2]
    broken.refresh_from_db()
    assert (broken.outcome, broken.failures) == (Outcome.UNREADABLE, 1)


def test_a_disk_that_is_full_is_no_fault_of_a_source(source, publish, node, fetcher, monkeypatch):
    row = source()
    publish(node(1))

    def full(look):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setitem(feed_kind_registry(), SourceKind.DATAFEED, full)
        with pytest.raises(OSError, match="No space"):
            fetch_due(fetcher=fetcher)
    row.refresh_from_db()
    assert (row.outcome, row.failures, row.lease) == ("", 0, None)
    assert fetch_due(fetcher=fetcher) == 1
    assert numbers() == [1]


def feed_kind_registry():
    from kiemtin.exchange.kinds.registry import READ

    return READ


def test_after_failures_it_is_left_alone_ever_longer_and_a_day_at_most():
    row = ReviewSource(every=Schedule.FIVE_MINUTES)
    pauses = []
    for failures in range(14):
        row.failures = failures
        pauses.append(pause_after(row, Report(Outcome.FAILED)).total_seconds())
    assert pauses[:4] == [300, 600, 1200, 2400]
    assert max(pauses) == pauses[-1] == 86_400
    row.failures = 10**9
    assert pause_after(row, Report(Outcome.FAILED)).total_seconds() == 86_400
    row.every = Schedule.WEEK
    assert pause_after(row, Report(Outcome.FAILED)).total_seconds() == Schedule.WEEK


def test_a_server_that_is_busy_is_left_alone_as_long_as_it_asks(source, look, web):
    web.put("publisher.example/feed.json", b"", status=503, headers={"Retry-After": "80000"})
    row = source(every=Schedule.HOUR)
    look(row)
    assert row.due - timezone.now() > dt.timedelta(seconds=79_000)


def test_a_failure_is_told_once_and_its_end_too(source, look, publish, node, web):
    row = source()
    publish(node(1))
    look(row)
    before = Event.objects.filter(verb="source.fetched").count()
    web.put("publisher.example/feed.json", b"x", status=500)
    for _ in range(3):
        look(row)
    assert Event.objects.filter(verb="source.fetched").count() == before + 1
    assert row.failures == 3
    publish(node(1))
    look(row)
    assert row.failures == 0


def test_no_more_pages_are_looked_up_than_a_bound(source, look, publish, node, web, monkeypatch):
    monkeypatch.setattr(following, "LOOKED_UP", 2)
    row = source()
    publish(*[node(number) for number in range(30)])
    look(row)
    publish()
    asked = len(web.seen)
    look(row)
    assert len(web.seen) - asked == 1 + 1 + 2, "the feed, robots.txt, two pages"


def test_what_is_fetched_is_not_left_behind(source, look, publish, node, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    publish(node(1))
    look(source())
    assert list(tmp_path.iterdir()) == []


def test_a_source_whatever_its_state_can_be_fetched_by_hand(source, look, publish, node, fetcher):
    publish(node(1))
    row = source()
    pause_source(source=row, by="test")
    assert fetch_source(source=row, by="command-line", fetcher=fetcher).added == 1
