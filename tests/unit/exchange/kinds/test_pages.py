import datetime as dt
import json

import pytest
from django.utils import timezone

from kiemtin.checks.models import ExternalReview
from kiemtin.exchange.kinds import pagelist
from kiemtin.exchange.kinds import pages as module
from kiemtin.exchange.models import ReviewSource, SourcedReview, SourcePage
from kiemtin.exchange.sources import Outcome, Schedule, SourceKind

pytestmark = pytest.mark.django_db
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@pytest.fixture
def html(web):
    """Put a page with these reviews at a path of the publisher."""

    def put(path, *reviews, host="publisher.example", **fields):
        scripts = "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in reviews)
        web.put(f"{host}/{path}", f"<!DOCTYPE html>\n<html><head>{scripts}</head></html>", **fields)

    return put


@pytest.fixture
def sitemap(web):
    """Put a site map of these paths; with a `lastmod` each, if that is a dictionary."""

    def put(paths, place="publisher.example/sitemap.xml", tag="url"):
        lastmods = paths if isinstance(paths, dict) else dict.fromkeys(paths, "")
        root = "urlset" if tag == "url" else "sitemapindex"
        rows = "".join(
            f"<{tag}><loc>{path if path.startswith('http') else web.url(f'publisher.example/{path}')}</loc>"
            f"<lastmod>{lastmod}</lastmod></{tag}>"
            for path, lastmod in lastmods.items()
        )
        web.put(place, f"<{root} {NS}>{rows}</{root}>")

    return put


@pytest.fixture
def pages_source(source, web):
    def make(*paths, **fields):
        address = "\n".join(web.url(f"publisher.example/{path}") for path in paths)
        return source(kind=SourceKind.PAGES, address=address, **fields)

    return make


@pytest.fixture
def mapped(source, web):
    def make(**fields):
        return source(kind=SourceKind.SITEMAP, address=web.url("publisher.example/sitemap.xml"), **fields)

    return make


@pytest.fixture
def later(look):
    """Look again when every page is due again."""

    def at(source):
        SourcePage.objects.filter(source=source).update(due=timezone.now() - dt.timedelta(seconds=1))
        return look(source)

    return at


def numbers():
    claims = ExternalReview.objects.filter(withdrawn=False).values_list("claim", flat=True)
    return sorted(int(claim.split()[3]) for claim in claims)


def test_single_pages_are_read(pages_source, look, html, node):
    html("check/1", node(1))
    html("check/2", node(2))
    row = pages_source("check/1", "check/2")
    report = look(row)
    assert (report.outcome, report.added, report.pages) == (Outcome.TAKEN, 2, 2)
    assert numbers() == [1, 2]


def test_only_what_stands_on_the_publisher_s_host_counts(pages_source, look, html, node, web):
    html("check/1", node(1), node(2, url="https://khac.example/2"), node(3, url=web.url("other.example/3")))
    report = look(pages_source("check/1"))
    assert (report.added, report.left_out["elsewhere"]) == (1, 2)


def test_a_page_that_leads_to_another_host_is_not_the_publisher_s(pages_source, look, html, node, web):
    """Whatever stands there, and whatever address it names as its own."""
    html("check/1", status=302, headers={"Location": web.url("other.example/x")})
    html("x", node(1), host="other.example")
    report = look(pages_source("check/1"))
    assert (report.added, report.left_out["elsewhere"]) == (0, 1)


def test_a_review_without_an_address_stands_where_it_was_found(pages_source, look, html, node, web):
    html("check/1", node(1, url=None))
    look(pages_source("check/1"))
    assert ExternalReview.objects.get().url == web.url("publisher.example/check/1")


def test_a_page_that_has_not_changed_is_not_sent_again(pages_source, later, look, html, node, web):
    html("check/1", node(1), headers={"ETag": '"a"'})
    row = pages_source("check/1")
    look(row)
    assert later(row).outcome is Outcome.SAME
    assert web.seen[-1][1]["If-None-Match"] == '"a"'


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_withdrawn(status, pages_source, later, look, html, node):
    row = pages_source("check/1", "check/2", "check/3")
    for number in (1, 2, 3):
        html(f"check/{number}", node(number))
    look(row)
    html("check/2", status=status)
    report = later(row)
    assert (report.withdrawn, numbers()) == (1, [1, 3])
    html("check/2", node(2))
    later(row)
    assert numbers() == [1, 2, 3], "it is back"


def test_a_single_page_that_is_gone_is_withdrawn(pages_source, later, look, html, node):
    html("check/1", node(1))
    row = pages_source("check/1")
    look(row)
    html("check/1", status=410)
    assert later(row).withdrawn == 1


def test_where_most_pages_are_gone_only_those_that_stay_gone_are_withdrawn(pages_source, later, look, html, node):
    paths = [f"check/{number}" for number in range(8)]
    row = pages_source(*paths)
    for number, path in enumerate(paths):
        html(path, node(number))
    look(row)
    for path in paths[:6]:
        html(path, status=404)
    assert later(row).outcome is Outcome.DOUBTFUL
    assert later(row).withdrawn == 0
    assert numbers() == list(range(8))
    assert later(row).withdrawn == 6


def test_a_page_whose_markup_is_gone_is_withdrawn_the_second_time(pages_source, later, look, html, node):
    html("check/1", node(1))
    row = pages_source("check/1")
    look(row)
    html("check/1")
    report = later(row)
    assert (report.withdrawn, report.in_doubt) == (0, 1)
    assert later(row).withdrawn == 1


def test_a_page_whose_markup_was_gone_once_stands(pages_source, later, look, html, node):
    html("check/1", node(1))
    row = pages_source("check/1")
    for content in ([], [node(1)], [], [node(1)]):
        html("check/1", *content)
        later(row)
    assert numbers() == [1]


@pytest.mark.parametrize("status", [500, 503, 403])
def test_a_page_that_cannot_be_fetched_stands_and_is_reported(status, pages_source, later, look, html, node):
    html("check/1", node(1))
    html("check/2", node(2))
    row = pages_source("check/1", "check/2")
    look(row)
    html("check/2", status=status)
    report = later(row)
    assert (report.outcome, report.pages_failed, numbers()) == (Outcome.PARTLY, 1, [1, 2])
    assert SourcePage.objects.exclude(failure="").count() == 1


def test_reviews_on_a_list_are_followed_at_their_own_addresses(pages_source, later, look, html, node):
    html("all", node(1), node(2))
    html("check/1", node(1))
    html("check/2", node(2))
    row = pages_source("all")
    look(row)
    later(row)
    assert SourcedReview.objects.exclude(page=None).count() == 2
    html("all", node(2))  # the list has moved on
    for _ in range(3):
        later(row)
    assert numbers() == [1, 2]
    html("check/1", status=410)
    later(row)
    assert numbers() == [2]


def test_the_pages_of_a_site_map_are_read_and_read_again_when_it_says_they_changed(
    mapped, look, html, sitemap, node, web
):
    html("check/1", node(1))
    html("check/2", node(2))
    sitemap({"check/1": "2026-11-01", "check/2": "2026-11-01"})
    row = mapped()
    assert look(row).added == 2
    asked = len(web.seen)
    look(row)
    assert web.paths()[asked:] == ["publisher.example/sitemap.xml"]
    html("check/2", node(2, reviewRating={"@type": "Rating", "alternateName": "Đúng"}))
    sitemap({"check/1": "2026-11-01", "check/2": "2026-11-05"})
    assert look(row).changed == 1
    assert web.paths().count("publisher.example/check/1") == 1


def test_a_page_that_is_no_longer_listed_is_looked_at_once_more(mapped, look, html, sitemap, node):
    for number in (1, 2, 3):
        html(f"check/{number}", node(number))
    sitemap(["check/1", "check/2", "check/3"])
    row = mapped()
    look(row)
    html("check/1", status=410)
    sitemap(["check/3"])
    look(row)
    assert numbers() == [2, 3], "an old page that still stands is not withdrawn"


def test_an_index_of_site_maps_is_followed_one_level_deep(mapped, look, html, sitemap, node, web):
    html("check/1", node(1))
    sitemap(["a.xml", "b.xml"], tag="sitemap")
    sitemap(["check/1"], place="publisher.example/a.xml")
    sitemap(["deeper.xml"], place="publisher.example/b.xml", tag="sitemap")
    row = mapped()
    assert look(row).added == 1
    assert "publisher.example/deeper.xml" not in web.paths()
    assert row.outcome == Outcome.PARTLY


def test_only_the_pages_that_belong_are_read(mapped, look, html, sitemap, node, web, settings):
    settings.KIEMTIN_ADDRESS = "https://kiem.example"
    html("check/1", node(1))
    sitemap(["check/1", "sport/2", "https://khac.example/check/3", "https://kiem.example/check/4"])
    look(mapped(within="/check/"))
    assert [page.url for page in SourcePage.objects.all()] == [web.url("publisher.example/check/1")]


def test_many_pages_are_read_little_by_little(mapped, look, html, sitemap, node, monkeypatch):
    monkeypatch.setattr(module, "PAGES_A_LOOK", 2)
    sitemap([f"check/{number}" for number in range(5)])
    for number in range(5):
        html(f"check/{number}", node(number))
    row = mapped(every=Schedule.DAY)
    assert [look(row).added for _ in range(3)] == [2, 2, 1]
    row.refresh_from_db()
    assert row.due - timezone.now() > dt.timedelta(hours=23)


def test_while_there_is_more_it_is_due_in_a_moment(mapped, look, html, sitemap, node, monkeypatch):
    monkeypatch.setattr(module, "PAGES_A_LOOK", 2)
    sitemap([f"check/{number}" for number in range(5)])
    row = mapped()
    look(row)
    assert row.due - timezone.now() < dt.timedelta(seconds=20)


def test_a_look_takes_a_bounded_time_and_ends_when_it_is_paused(pages_source, look, html, node, monkeypatch):
    row = pages_source("check/1", "check/2")
    html("check/1", node(1))
    html("check/2", node(2))
    monkeypatch.setattr(module, "SECONDS_A_LOOK", -1.0)
    assert look(row).pages == 0
    monkeypatch.setattr(module, "SECONDS_A_LOOK", 60.0)
    read = module._read

    def paused_meanwhile(*given):
        read(*given)
        ReviewSource.objects.update(state="paused")

    monkeypatch.setattr(module, "_read", paused_meanwhile)
    assert look(row).pages == 1


def test_there_are_only_so_many_pages(mapped, look, html, sitemap, monkeypatch):
    monkeypatch.setattr(pagelist, "MAX_PAGES", 3)
    sitemap([f"check/{number}" for number in range(9)])
    row = mapped()
    look(row)
    assert SourcePage.objects.count() == 3


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"nope"])
def test_what_is_no_site_map_is_reported_and_withdraws_nothing(body, mapped, look, html, sitemap, node, web):
    html("check/1", node(1))
    sitemap(["check/1"])
    row = mapped()
    look(row)
    web.put("publisher.example/sitemap.xml", body)
    assert look(row).outcome is Outcome.UNREADABLE
    assert numbers() == [1]
    assert not SourcePage.objects.filter(lastmod="unlisted").exists()


def test_pages_read_while_the_clock_was_a_year_ahead_are_read_again(pages_source, look, html, node):
    html("check/1", node(1))
    row = pages_source("check/1")
    assert look(row).added == 1
    assert look(row).pages == 0
    ahead = timezone.now() + dt.timedelta(days=365)
    SourcePage.objects.update(due=ahead, read=ahead)
    assert look(row).pages == 1
