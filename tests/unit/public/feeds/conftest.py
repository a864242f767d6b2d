import datetime as dt

import pytest

from kiemtin.public.feeds.content import Entry, Feed, Label

WHEN = dt.datetime(2026, 11, 24, 8, 30, tzinfo=dt.UTC)


@pytest.fixture
def entry():
    """Make an entry; fields that a test gives replace those of a complete one."""

    def make(number=1, **fields):
        given = {
            "identity": f"https://kiemtin.example/checks/{number}/",
            "address": f"https://kiemtin.example/checks/{number}/tin/",
            "title": f"Sai: Tin <b>số</b> {number} & tỏi",
            "summary": "Không đúng < hẳn.",
            "html": "<p>Không đúng &lt; hẳn.</p>",
            "language": "vi",
            "published": WHEN,
            "updated": WHEN - dt.timedelta(hours=number),
            "author": "Nguồn Thật",
            "author_address": "https://kiemtin.example/desks/nguon-that/ownership/",
            "labels": (Label(term="health", name="Sức khỏe"),),
            "image": "https://kiemtin.example/card.png",
            "verdict": "false",
            "claim": "Tin",
            "state": "published",
        }
        return Entry(**(given | fields))

    return make


@pytest.fixture
def feed(entry):
    """Make a feed of these entries; two unless a test gives others."""

    def make(*entries, **fields):
        given = {
            "title": "Kiểm Tin – Fact-checks",
            "description": "The latest.",
            "address": "https://kiemtin.example/checks/",
            "own": "https://kiemtin.example/feeds/checks.atom",
            "home": "https://kiemtin.example/",
            "icon": "https://kiemtin.example/icon.png",
            "language": "vi",
            "updated": WHEN,
            "licence": "https://creativecommons.org/licenses/by/4.0/",
            "entries": entries or (entry(1), entry(2)),
        }
        return Feed(**(given | fields))

    return make
