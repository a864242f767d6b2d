import datetime as dt
import errno
from dataclasses import replace

import pytest
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.checks.actions.hold_source import hold_source, mark
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.models import CitedSource, CopyRequest, FactCheck
from kiemtin.exchange import copying
from kiemtin.exchange.actions.look_at_sources import follow_published, look_at_sources
from kiemtin.exchange.actions.take_copies import take_copies

pytestmark = pytest.mark.django_db
STORY = "Sở Y tế cho biết không có ca bệnh nào như tin đồn nói. " * 5
PLACE = "nguon.example/tin"


@pytest.fixture
def put(web):
    """Put the page of a source: what it says, and what stands beside it."""

    def at(story=STORY, advert="", **fields):
        body = f"<html><body><aside>{advert}</aside><article><h1>Thông báo</h1><p>{story}</p></article></body></html>"
        headers = {"Content-Type": "text/html"} | fields.pop("headers", {})
        web.put(PLACE, body, headers=headers, **fields)

    return at


@pytest.fixture
def cited(published, content, web, data):
    """A published check that cites the page, and another that is not there."""

    def make(**fields):
        first, second = content().sources
        sources = (replace(first, url=web.url(PLACE)), replace(second, url=web.url("nguon.example/khac")))
        row = published(sources=sources, **fields)
        follow_published()
        CitedSource.objects.exclude(url=web.url(PLACE)).update(due=timezone.now() + dt.timedelta(days=999))
        return row

    return make


@pytest.fixture
def look(web, fetcher):
    """Look at the page now; returns how it stands."""

    def now():
        CitedSource.objects.filter(url=web.url(PLACE)).update(due="2020-01-01T00:00:00Z", lease=None)
        assert look_at_sources(fetcher=fetcher) == 1
        return CitedSource.objects.get(url=web.url(PLACE))

    return now


def flags():
    return [event.detail["standing"] for event in Event.objects.filter(verb="evidence.flagged")]


def days_until(source):
    return round((source.due - timezone.now()) / dt.timedelta(days=1))


def test_what_is_published_is_followed_and_its_copies_are_asked_for(published, draft):
    draft()
    row = published()
    CopyRequest.objects.all().delete()
    assert follow_published() == 1
    assert [source.page for source in row.cited_sources.all()] == ["example.org/who?", "example.org/bao?"]
    assert {source.revision for source in row.cited_sources.all()} == {row.latest}
    assert CopyRequest.objects.filter(fact_check=row).count() == 2
    assert follow_published() == 0


def test_a_correction_is_followed_and_what_it_cites_no_more_is_let_go(published, corrected, content):
    row = published()
    follow_published()
    CitedSource.objects.update(standing="gone", flagged=timezone.now())
    first, second = content().sources
    corrected(row, sources=(first, replace(second, url="https://example.org/moi")))
    assert follow_published() == 1
    standing = dict(CitedSource.objects.values_list("page", "standing"))
    assert standing == {"example.org/who?": "gone", "example.org/moi?": "new"}


def test_withdrawn_checks_and_samples_are_left_alone(published, editor, desk):
    row = published()
    follow_published()
    withdraw(fact_check=row, by=editor, note="Nguồn chính sai.")
    assert follow_published() == 0
    assert not CitedSource.objects.exists()
    desk.is_sample = True
    desk.save()
    published(claim="Mẫu")
    assert follow_published() == 0


def test_the_first_look_is_what_later_ones_are_compared_with(cited, put, look):
    cited()
    put()
    source = look()
    assert (source.standing, source.known, source.flagged) == ("fine", source.seen, None)
    assert days_until(source) == 7


def test_a_copy_that_was_taken_is_what_is_compared_with(cited, put, look, fetcher, web, checker, published, corrected):
    put()
    row = cited()
    CopyRequest.objects.exclude(url=web.url(PLACE)).delete()
    take_copies(fetcher=fetcher)
    corrected(row)
    follow_published()
    put(story=STORY.replace("không có", "có ba"))
    assert look().standing == "changed"


def test_another_advertisement_raises_no_flag(cited, put, look):
    cited()
    put(advert="Mua ngay")
    look()
    put(advert="Giảm giá một nửa, chỉ hôm nay")
    assert (look().standing, flags()) == ("fine", [])


def test_another_text_raises_a_flag_once_and_changes_nothing_public(cited, put, look):
    row = cited()
    put()
    look()
    put(story=STORY.replace("không có", "có ba"))
    source = look()
    assert source.standing == "changed"
    since = source.flagged
    assert (look().flagged, flags()) == (since, ["changed"])
    now = FactCheck.objects.get()
    assert (now.latest_id, now.changed, now.stage) == (row.latest_id, row.changed, "settled")


def test_a_text_that_comes_back_needs_nobody(cited, put, look):
    cited()
    put()
    look()
    put(story="Khác hẳn. " * 40)
    look()
    put()
    source = look()
    assert (source.standing, source.flagged) == ("fine", None)


def test_the_server_is_asked_only_for_what_changed(cited, put, look, web):
    cited()
    put(headers={"ETag": '"1"'})
    look()
    assert look().standing == "fine"
    assert web.seen[-1][1]["If-None-Match"] == '"1"'
    put(story="Khác hẳn. " * 40, headers={"ETag": '"2"'})
    look()
    assert look().standing == "changed", "that nothing has changed since means that it is still another text"


def test_gone_twice_in_a_row_is_gone(cited, put, look):
    cited()
    put()
    look()
    put(status=404)
    source = look()
    assert (source.standing, source.failure, source.status, source.flagged) == ("fine", "gone", 404, None)
    assert days_until(source) == 1
    source = look()
    assert (source.standing, flags(), days_until(source)) == ("gone", ["gone"], 7)
    put()
    source = look()
    assert (source.standing, source.flagged, source.misses, source.failure) == ("fine", None, 0, "")


def test_gone_with_bad_days_between_is_not_gone(cited, put, look):
    cited()
    for status in (404, 500, 404):
        put(status=status)
        assert look().standing == "new"


def test_a_server_that_is_not_reached_three_times_is_unreachable(cited, put, look):
    cited()
    put(status=500)
    assert [look().standing for _ in range(3)] == ["new", "new", "unreachable"]
    assert flags() == ["unreachable"]


def test_what_programs_may_not_read_is_no_cause_for_a_flag(cited, put, look, web):
    cited()
    put()
    web.put("nguon.example/robots.txt", "User-agent: *\nDisallow: /")
    source = look()
    assert (source.standing, source.failure, source.flagged, days_until(source)) == ("closed", "robots", None, 7)


def test_what_a_person_found_to_hold_is_flagged_again_only_for_something_new(cited, put, look, checker):
    cited()
    put()
    look()
    put(story="Khác hẳn. " * 40)
    source = look()
    hold_source(source=source, by=checker, seen=mark(source))
    assert (look().flagged, flags()) == (None, ["changed"])
    put(status=410)
    look()
    source = look()
    hold_source(source=source, by=checker, seen=mark(source))
    source = look()
    assert (source.standing, source.flagged) == ("gone", None)
    put(story="Khác hẳn. " * 40)
    assert look().standing == "fine"
    put(status=410)
    look()
    assert look().flagged is not None, "gone again, after it had come back"


def test_a_look_that_a_publication_overtook_counts_for_nothing(cited, put, look, corrected, monkeypatch):
    from kiemtin.exchange.actions import look_at_sources as module

    row = cited()
    put(status=404)
    look()
    missed = module._missed

    def overtaken(*given):
        corrected(row)
        follow_published()
        missed(*given)

    monkeypatch.setattr(module, "_missed", overtaken)
    assert look().standing == "new"


def test_a_server_that_asks_to_come_back_later_is_left_alone_until_then(cited, put, look):
    cited()
    put(status=503, headers={"Retry-After": "172800"})
    assert days_until(look()) in (1, 2)


def test_it_can_be_turned_off(cited, settings, fetcher):
    cited()
    settings.KIEMTIN_SOURCE_DAYS = 0
    CitedSource.objects.update(due="2020-01-01T00:00:00Z")
    assert look_at_sources(fetcher=fetcher) == 0


def test_one_at_a_time(cited, put, fetcher, web):
    cited()
    put()
    CitedSource.objects.update(due="2020-01-01T00:00:00Z", lease=timezone.now() + dt.timedelta(minutes=1))
    assert look_at_sources(fetcher=fetcher) == 0


def test_a_clock_that_was_a_year_ahead_leaves_no_source_behind(cited, put, fetcher):
    cited()
    put()
    ahead = timezone.now() + dt.timedelta(days=365)
    CitedSource.objects.update(due=ahead, looked=ahead, lease=ahead)
    while look_at_sources(fetcher=fetcher):
        pass
    assert not CitedSource.objects.filter(due__gte=ahead).exists()


def test_a_disk_that_is_full_is_no_fault_of_a_source(cited, put, look, fetcher, web, monkeypatch):
    put()
    cited()
    look()
    with monkeypatch.context() as patch:
        patch.setattr(copying, "text_of", full)
        for _ in range(3):
            with pytest.raises(OSError, match="No space"):
                look()
    source = CitedSource.objects.get(url=web.url(PLACE))
    assert (source.standing, source.misses, source.failure, flags()) == ("fine", 0, "", [])
    assert look().standing == "fine"


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")
