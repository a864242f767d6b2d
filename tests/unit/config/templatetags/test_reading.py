import datetime as dt
import json

import pytest
from django.utils import timezone, translation

from kiemtin.config.templatetags.reading import absolute, day, is_link, linked_data, markdown, moment, plain_day

WHEN = dt.datetime(2026, 11, 3, 18, 5, tzinfo=dt.UTC)  # in Viet Nam it is the next day, five past one


@pytest.mark.parametrize(("language", "expected"), [("en", "4 November 2026"), ("vi", "04/11/2026")])
def test_a_day_is_that_of_viet_nam_in_the_form_of_the_language(language, expected):
    with translation.override(language):
        assert plain_day(WHEN) == expected
        assert day(WHEN) == f'<time datetime="2026-11-04T01:05:00+07:00">{expected}</time>'
        assert day(dt.date(2026, 11, 4)) == f'<time datetime="2026-11-04">{expected}</time>'


def test_a_moment_has_the_time_of_day():
    assert ">4 November 2026, 01:05<" in moment(WHEN)
    assert timezone.get_current_timezone_name() == "Asia/Ho_Chi_Minh"


def test_no_day_is_empty():
    assert (day(None), moment(None)) == ("", "")


@pytest.mark.parametrize(
    ("url", "followed"), [("https://a.example", True), ("http://a", True), ("javascript:x", False), ("", False)]
)
def test_only_web_addresses_are_links(url, followed):
    assert is_link(url) is followed


def test_markdown_is_made_safe():
    assert markdown("# A\n\n<script>x</script>").startswith("<h2>A</h2>")
    assert "<script>" not in markdown("<script>x</script>")


def test_an_absolute_address_has_the_public_address_before_it(settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"
    assert absolute("/checks/") == "https://kiemtin.example/checks/"


def test_a_data_block_is_ended_by_nothing_within_it():
    node = {"a": "</script><script>alert(1)</script>", "b": "<!--&\u2028", "c": "Tỏi “thần”"}
    block = linked_data(node)
    content = block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028") & set(content)
    assert "Tỏi “thần”" in content
    assert json.loads(content) == node
