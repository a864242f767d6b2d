import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.checks.slug import LENGTH, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đường dây nóng đổi số?", "duong-day-nong-doi-so"),
        ("Uống nước tỏi chữa khỏi Covid-19", "uong-nuoc-toi-chua-khoi-covid-19"),
        ("ưu Ữ ặ Ợ ý", "uu-u-a-o-y"),
        ("“5G” — gây bệnh!", "5g-gay-benh"),
        ("", "check"),
        ("新冠", "check"),
    ],
)
def test_tones_are_folded_and_the_rest_is_hyphens(text, expected):
    assert slug(text) == expected


def test_the_two_forms_of_unicode_give_the_same():
    assert slug("tiếng Việt") == slug("tie\u0302\u0301ng Vie\u0323\u0302t") == "tieng-viet"


def test_long_ones_are_cut_between_words():
    found = slug("một hai ba bốn " * 20)
    assert len(found) <= LENGTH
    assert found.endswith(("mot", "hai", "ba", "bon"))
    assert slug("a" * 500) == "a" * LENGTH
    assert slug("a" * 80 + " b") == "a" * LENGTH


@given(st.text())
def test_any_text_gives_one(text):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert len(slug(text)) <= LENGTH
