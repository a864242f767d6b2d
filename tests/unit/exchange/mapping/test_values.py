import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.exchange.mapping import values


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("  Tỏi \n chữa\tCovid ", "Tỏi chữa Covid"),
        ("<p>Một</p><p>hai</p>", "Một hai"),
        ("Tin <b>gi</b>ả", "Tin giả"),
        ("A &amp; B &quot;C&quot;", 'A & B "C"'),
        ("A &amp;amp; B", "A & B"),
        ("&lt;p&gt;Chào&lt;/p&gt;", "Chào"),
        ("5 < 10 và 7 > 3", "5 < 10 và 7 > 3"),
        ("a<!-- b -->c", "a c"),
        ("một\rhai\x00ba\x1b[31m", "một hai ba [31m"),
        ("nửa \ud83d chữ", "nửa \ufffd chữ"),
        ("Tie\u0302\u0301ng", "Tiếng"),
        (["", None, "hai"], "hai"),
        ({"@value": "ba", "@language": "vi"}, "ba"),
        (7, "7"),
        (True, ""),
        (None, ""),
        ({}, ""),
        ([[["sâu"]]], "sâu"),
    ],
)
def test_text(raw, plain):
    assert values.text(raw) == plain


def test_a_long_text_is_cut_at_a_word():
    assert values.text("một hai ba bốn", limit=10) == "một hai…"
    assert values.text("m" * 30, limit=10) == "m" * 9 + "…"
    assert values.text("một hai", limit=7) == "một hai"


@given(st.text())
def test_text_is_always_storable_and_stays_as_it_is(raw):
    plain = values.text(raw)
    plain.encode()
    assert "\0" not in plain
    assert plain == " ".join(plain.split())


def test_hostile_markup_does_not_take_long():
    assert values.text("<!--" * 200_000)
    assert values.text("<a " * 200_000)
    assert values.text("&amp;" * 200_000)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (1, 1.0),
        ("3", 3.0),
        (" 4.5 ", 4.5),
        ("4,5", 4.5),
        (Decimal("2"), 2.0),
        (["2"], 2.0),
        ("năm sao", None),
        ("", None),
        ("nan", None),
        ("1e999", None),
        (10**400, None),
        (True, None),
        (None, None),
        ({}, None),
    ],
)
def test_number(raw, found):
    assert values.number(raw) == found


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("example.org:8080/a", "https://example.org:8080/a"),
        ("//example.org/a", "https://example.org/a"),
        ("https://name:secret@example.org/a", "https://example.org/a"),
        (" https://example.org/a b ", "https://example.org/a%20b"),
        (["https://example.org/1", "https://example.org/2"], "https://example.org/1"),
        ({"@id": "https://example.org/1"}, "https://example.org/1"),
        ("javascript:alert(1)", ""),
        ("java\x00script:alert(1)", ""),
        ("data:text/html,x", ""),
        ("mailto:someone@example.org", ""),
        ("not an address", ""),
        ("https://[::1", ""),
        ("https://example.org:port/", ""),
        ("", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_address(raw, found):
    assert values.address(raw) == found


@given(st.text())
def test_an_address_is_a_web_address_or_nothing(raw):
    found = values.address(raw)
    assert not found or found.startswith(("http://", "https://"))
    assert values.address(found) == found


@pytest.mark.parametrize(
    ("url", "site"), [("https://www.example.org/a", "example.org"), ("https://Tin.Example.org:81/", "tin.example.org")]
)
def test_site(url, site):
    assert values.site(values.address(url)) == site


@pytest.mark.parametrize(
    ("raw", "tag"),
    [
        ("vi", "vi"),
        ("VI-vn", "vi-VN"),
        ("pt_BR", "pt-BR"),
        ({"@type": "Language", "alternateName": "en"}, "en"),
        ("Tiếng Việt", ""),
        ("english please", ""),
        (None, ""),
    ],
)
def test_language(raw, tag):
    assert values.language(raw) == tag


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2020-05-01", dt.date(2020, 5, 1)),
        ("2020-05-01T23:30:00-07:00", dt.date(2020, 5, 1)),
        ("2020-5-1", dt.date(2020, 5, 1)),
        ("2020/05/01", dt.date(2020, 5, 1)),
        ("20200501", dt.date(2020, 5, 1)),
        ("25/12/2020", dt.date(2020, 12, 25)),
        ("12/25/2020", dt.date(2020, 12, 25)),
        ("05/05/2020", dt.date(2020, 5, 5)),
        ("04/05/2020", None),  # April or May
        ("May 1, 2020", dt.date(2020, 5, 1)),
        ("1 May 2020", dt.date(2020, 5, 1)),
        ("Fri, 01 May 2020 10:00:00 GMT", dt.date(2020, 5, 1)),
        ("1st September 2020", dt.date(2020, 9, 1)),
        (1588291200, dt.date(2020, 5, 1)),
        (1588291200000, dt.date(2020, 5, 1)),
        ("1588291200", dt.date(2020, 5, 1)),
        (["2020-05-01"], dt.date(2020, 5, 1)),
        ("2020", None),
        ("2020-13-01", None),
        ("2020-02-30", None),
        ("0001-01-01", None),
        ("hôm qua", None),
        (2020, None),
        (10**30, None),
        (Decimal("NaN"), None),
        (True, None),
        (None, None),
    ],
)
def test_date(raw, day):
    assert values.date(raw) == day


@given(st.one_of(st.text(), st.integers(), st.floats(), st.dates().map(str)))
def test_no_date_raises(raw):
    values.date(raw)


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069", "&#x202e;", "&amp;#x202e;"])
def test_signs_that_turn_the_reading_direction_are_taken_out(sign):
    assert values.text(f"Tin{sign} giả") == "Tin giả"
    if "&" not in sign:
        assert values.address(f"https://bao.example/{sign}tin") == "https://bao.example/tin"
