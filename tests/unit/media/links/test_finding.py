import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.media.links import find_links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("xem (https://a.vn/b_(c)). Hay", ["https://a.vn/b_(c)"]),
        ("hxxp://evil[.]xyz/a, vietc0mbank[.]xyz!", ["hxxp://evil[.]xyz/a", "vietc0mbank[.]xyz"]),
        ("Vào v\u0456etcombank.com nhé", ["v\u0456etcombank.com"]),
        ("Vào NGÂNHÀNG.VN ngay", ["NGÂNHÀNG.VN"]),
        ("bit.ly/3xYz và a.me", ["bit.ly/3xYz"]),
        ("Giá 10.000 đồng. Chào anh", []),
        ("viết cho a@b.vn", []),
        ("http://127.0.0.1:8000/x…", ["http://127.0.0.1:8000/x"]),
    ],
)
def test_links_are_found_without_what_ends_the_sentence(text, found):
    assert [one.text for one in find_links(text)] == found
    assert [text[one.start : one.end] for one in find_links(text)] == found


@given(st.text(alphabet="a.v/n([)]:h tpsх@%", max_size=80))
def test_what_is_found_stands_there(text):
    assert all(text[one.start : one.end] == one.text for one in find_links(text))


@pytest.mark.parametrize("unit", ["a.", "a", ".", "http://", "[.]", "a[.]", "a-", "(", "a.vn/)"])
def test_it_is_linear_in_the_text(unit):
    began = time.process_time()
    find_links(unit * (10_000 // len(unit)))
    assert time.process_time() - began < 1
