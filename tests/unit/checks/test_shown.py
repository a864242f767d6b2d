import datetime as dt

import pytest

from kiemtin.checks.models import Revision
from kiemtin.checks.shown import shown_sources


def shown(**source):
    return shown_sources(Revision(sources=[source]))[0]


def test_a_source_is_shown_with_all_that_is_known_of_it():
    source = shown(
        title="Giải đáp",
        publisher="WHO",
        url="https://www.example.org/a",
        kind="primary",
        interest="party",
        shows="Tỏi không chữa bệnh.",
        accessed="2026-11-20",
        copied="2026-11-21",
    )
    assert (source.title, source.publisher, source.host) == ("Giải đáp", "WHO", "example.org")
    assert (str(source.kind), source.is_party) == ("Primary source", True)
    assert (source.accessed, source.copied) == (dt.date(2026, 11, 20), dt.date(2026, 11, 21))


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "http://[x",
        "data:text/html,x",
        "example.org",
        "",
        "https://",
    ],
)
def test_an_address_that_no_browser_should_follow_is_no_link(url):
    source = shown(title="A", url=url)
    assert (source.url, source.host) == ("", "")


def test_what_is_missing_or_odd_is_left_out():
    source = shown(publisher="WHO", kind="nope", accessed="yesterday")
    assert (source.title, source.publisher, source.kind, source.accessed) == ("WHO", "", "", None)
