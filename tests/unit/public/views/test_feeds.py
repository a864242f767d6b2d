import json
import re

import feedparser
import jsonschema
import pytest

from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.public.feeds.registry import FORMATS
from tests.schema_org import faults as schema_faults
from tests.unit.public.feeds.json_feed_schema import SCHEMA
from tests.unit.public.feeds.rfc4287 import faults

FEEDS = ["checks", "corrections", "alerts", "topics/health"]


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", FEEDS)
def test_every_feed_is_valid_in_every_format(client, many, name, prefix):
    atom = client.get(f"{prefix}/feeds/{name}.atom")
    assert atom["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert faults(atom.content) == []
    rss = client.get(f"{prefix}/feeds/{name}.rss")
    told = client.get(f"{prefix}/feeds/{name}.json")
    jsonschema.validate(json.loads(told.content), SCHEMA)
    identities = [item["id"] for item in json.loads(told.content)["items"]]
    for read in map(feedparser.parse, (atom.content, rss.content)):
        assert not read.bozo
        assert [entry.id for entry in read.entries] == identities


def ids(client, path):
    return [item["id"] for item in json.loads(client.get(path).content)["items"]]


def test_a_feed_is_in_its_language_and_newest_first(client, published, ready_pages, desk):
    ready_pages(desk, "en")
    first = published(work="toi")
    other = published(work="toi", claim="Garlic cures Covid-19", language="en")
    last = published(claim="Một chuyện khác hẳn", topic="scam")
    assert ids(client, "/feeds/checks.json") == [f"http://localhost:8000/checks/{pk}/" for pk in (last.pk, first.pk)]
    assert ids(client, "/en/feeds/checks.json") == [f"http://localhost:8000/en/checks/{other.pk}/"]
    assert ids(client, "/feeds/topics/scam.json") == [f"http://localhost:8000/checks/{last.pk}/"]


def test_a_withdrawn_check_leaves_its_feed_and_stands_among_the_corrections(client, published, editor):
    check = published()
    assert len(ids(client, "/feeds/checks.json")) == 1
    withdraw(fact_check=check, by=editor, note="Nguồn chính đã bị rút.")
    assert ids(client, "/feeds/checks.json") == []
    assert ids(client, "/feeds/corrections.json") == [f"http://localhost:8000/checks/{check.pk}/revisions/2/"]


@pytest.mark.parametrize("path", ["checks.xml", "topics/nope.atom", "corrections.html", "nope.atom"])
def test_other_feeds_are_not_there(client, db, path):
    assert client.get(f"/feeds/{path}").status_code == 404


@pytest.mark.parametrize("path", ["checks.atom", "corrections.rss", "topics/health.json", "claimreview.json"])
def test_a_feed_is_sent_again_only_when_something_changed(client, published, corrected, path):
    check = published()
    first = client.get(f"/feeds/{path}")
    assert first["Cache-Control"] == "public, max-age=60, stale-while-revalidate=120"
    assert first["Last-Modified"]
    assert not first.cookies
    for header, value in (("If-None-Match", first["ETag"]), ("If-Modified-Since", first["Last-Modified"])):
        again = client.get(f"/feeds/{path}", headers={header: value})
        assert (again.status_code, again.getvalue()) == (304, b"")
    corrected(check)
    changed = client.get(f"/feeds/{path}", headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)


def test_a_kept_feed_keeps_its_media_type(client, published):
    published()
    first, again = client.get("/feeds/checks.atom"), client.get("/feeds/checks.atom")
    assert (first["Content-Type"], first.content) == (again["Content-Type"], again.content)


def test_other_sites_may_read_them(client, published):
    published()
    for path in ("checks.json", "claimreview.json"):
        assert client.get(f"/feeds/{path}")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/")


@pytest.mark.parametrize("path", ["checks.atom", "topics/health.rss", "corrections.json"])
def test_the_number_of_queries_does_not_grow(client, many, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        assert client.get(f"/feeds/{path}").status_code == 200


def test_all_checks_as_data_are_a_stream(client, many, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        response = client.get("/feeds/claimreview.json")
        assert response.streaming
        feed = json.loads(response.getvalue())
    assert schema_faults(feed) == []
    assert len(feed["dataFeedElement"]) == 47  # of fifty, three are withdrawn
    assert feed["dateModified"]


def test_a_policy_that_is_written_later_is_told(client, published, administrator, desk):
    from kiemtin.accounts.models import DeskPage

    published()
    first = client.get("/feeds/claimreview.json")
    assert b"correctionsPolicy" not in first.getvalue()
    DeskPage.objects.create(desk=desk, kind="corrections", language="vi", number=1, body="Thế này.", by=administrator)
    second = client.get("/feeds/claimreview.json", headers={"If-None-Match": first["ETag"]})
    assert b"correctionsPolicy" in second.getvalue()


def test_only_the_head_is_asked_for(client, published):
    published()
    response = client.head("/feeds/claimreview.json")
    assert (response.status_code, response.getvalue()) == (200, b"")
    assert response["ETag"]


@pytest.mark.parametrize(("path", "count"), [("/", 6), ("/en/checks/?topic=health", 9), ("/corrections/", 6)])
def test_pages_tell_feed_readers_where_they_are(client, published, path, count):
    published()
    links = re.findall(
        r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">', client.get(path).content.decode()
    )
    assert len(links) == count
    types = {form.content_type for form in FORMATS.values()}
    for kind, _, address in links:
        assert kind in types
        response = client.get(address.removeprefix("http://localhost:8000"))
        assert response["Content-Type"].startswith(kind)
