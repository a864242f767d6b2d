import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.media.links import Trait, read_link
from kiemtin.media.links.link import defanged


@pytest.mark.parametrize(
    ("written", "traits"),
    [
        ("https://vnexpress.net/a", set()),
        ("https://bit.ly/3xYz", {Trait.SHORT}),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fbit.ly%2F3xYz", {Trait.SHORT, Trait.WRAPPED}),
        ("http://vietcombank.com.vn@evil.xyz/", {Trait.USER}),
        ("http://0x7f.1/", {Trait.NUMBER}),
        ("https://ví-dụ.vn", {Trait.FOREIGN_LETTERS}),
        ("https://v\u0456etcombank.com", {Trait.FOREIGN_LETTERS, Trait.MIXED_SCRIPTS, Trait.LOOKS_LIKE}),
        ("https://vietcombank.vip", {Trait.BEARS_NAME}),
    ],
)
def test_what_is_to_be_known_of_it(written, traits):
    assert read_link(written).traits == traits


def test_it_is_shown_with_its_letters_and_the_host_it_pretends_to_be():
    link = read_link("https://www.V\u0456etcombank.com/Dang-Nhap?fbclid=1")
    assert (link.host, link.shown_host) == ("xn--vetcombank-x2i.com", "v\u0456etcombank.com")
    assert (link.resembles, link.domain) == ("vietcombank.com.vn", "xn--vetcombank-x2i.com")
    assert link.canonical == "https://xn--vetcombank-x2i.com/Dang-Nhap"
    assert defanged("vietc0mbank.com.vn") == "vietc0mbank[.]com[.]vn"


def test_a_site_of_a_hosting_platform_stands_for_itself():
    assert read_link("https://qua-tang.web.app/a").domain == "qua-tang.web.app"
    assert read_link("https://a.b.com.vn/a").domain == "b.com.vn"


@given(st.text(max_size=60) | st.text(max_size=40).map("http://".__add__))
def test_nothing_raises(text):
    link = read_link(text)
    assert link is None or read_link(link.canonical).canonical == link.canonical
