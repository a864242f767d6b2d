import json

import httpx
import pytest

from kiemtin.exchange.actions.add_source import add_source
from kiemtin.exchange.actions.fetch_source import fetch_source
from kiemtin.exchange.fetching import network
from kiemtin.exchange.fetching.fetcher import Fetcher
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.source_form import SourceContent
from kiemtin.exchange.sources import Schedule, SourceKind
from tests.web import HOST, feed, running_web


def pytest_collection_modifyitems(items):
    for item in items:
        if "web" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.allow_hosts([HOST]))


@pytest.fixture
def web(monkeypatch):
    """Strangers' servers. The check of addresses takes this machine for the Internet, and only this machine."""
    with running_web() as web:
        yield web


@pytest.fixture
def fetcher(web, monkeypatch):
    """A fetcher for which every name leads to `web`, as if that were a public address."""
    monkeypatch.setattr(network, "is_public", lambda address: address == HOST)
    return Fetcher(user_agent="test", resolve=lambda host, port: [HOST], trust=httpx.create_ssl_context())


@pytest.fixture
def source(desk, web):
    """Make a source; fields replace those of the feed of `publisher.example`."""

    def make(place="publisher.example/feed.json", **fields):
        given = {
            "name": "Báo Kiểm",
            "publisher": "Báo Kiểm",
            "kind": SourceKind.DATAFEED,
            "address": web.url(place),
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "site": f"publisher.example:{web.port}",
            "every": Schedule.DAY,
        }
        return add_source(desk=desk, content=SourceContent(**(given | fields)), by="test")

    return make


@pytest.fixture
def look(fetcher):
    """Look at a source now; returns the report, and brings the row up to date."""

    def at(source):
        report = fetch_source(source=source, by="test", fetcher=fetcher)
        source.refresh_from_db()
        return report

    return at


@pytest.fixture
def node(web, claim_review):
    """Make a ClaimReview of the publisher by its number."""

    def make(number, host="publisher.example", **fields):
        given = {"url": web.url(f"{host}/check/{number}"), "claimReviewed": f"Tin đồn số {number} về con mèo"}
        return claim_review(**(given | fields))

    return make


@pytest.fixture
def publish(web):
    """Put a feed of these nodes at the publisher's address."""

    def put(*nodes, place="publisher.example/feed.json", **fields):
        web.put(place, json.dumps(feed(*nodes)), **fields)

    return put


@pytest.fixture
def due():
    def make(source):
        ReviewSource.objects.filter(pk=source.pk).update(due="2020-01-01T00:00:00Z")

    return make
