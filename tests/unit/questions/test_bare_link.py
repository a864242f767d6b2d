import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.questions.bare_link import bare_link


@pytest.mark.parametrize(
    "text",
    [
        "https://a.vn/x?fbclid=1",
        "Mọi người ơi link này có thật không ạ: https://www.a.vn/x",
        "m.a.vn/x/ ???",
        "hxxps://a[.]vn/x là gì vậy",
        "https://a.vn/x\n\nhttp://www.a.vn/x/",
        "Is this site legit? a.vn/x",
    ],
)
def test_a_link_and_words_that_ask_about_it(text):
    assert bare_link(text) == "https://a.vn/x"


@pytest.mark.parametrize(
    "text",
    ["", "có thật không", "https://a.vn/x https://b.vn/x", "Uống nước chanh nóng https://a.vn/x", "http://a.vn:99999/"],
)
def test_what_says_more_or_has_no_link(text):
    assert bare_link(text) == ""


@given(st.text(max_size=80), st.sampled_from(["", "https://a.vn/ ", " a.vn/b?c=", " [profile]"]))
def test_nothing_raises(text, link):
    assert bare_link(f"{text}{link}{text}") is not None
