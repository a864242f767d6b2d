import pytest

from kiemtin.media.indicators import of_link
from kiemtin.media.links import read_link


def shown(written):
    found = of_link(read_link(written))
    return found and (found.kind.value, found.value, found.shown)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("https://www.vietc0mbank.xyz/a?b=c", ("domain", "vietc0mbank.xyz", "vietc0mbank[.]xyz")),
        ("http://login.vietc0mbank.xyz", ("domain", "vietc0mbank.xyz", "vietc0mbank[.]xyz")),
        ("v\u0456etcombank.com/x", ("domain", "xn--vetcombank-x2i.com", "v\u0456etcombank[.]com")),
        ("https://qua-tang.web.app/a", ("domain", "qua-tang.web.app", "qua-tang[.]web[.]app")),
        ("bit.ly/3xYz?utm_source=a", ("short-link", "bit.ly/3xYz", "bit[.]ly/3xYz")),
        ("bit.ly/0988123456", ("short-link", "bit.ly/0988123456", "bit[.]ly/…456")),
        ("https://t.me/+abcdefghij1", ("short-link", "t.me/+abcdefghij1", "t[.]me/+abcdefghij1")),
        ("https://forms.gle/abcDEF123", ("short-link", "forms.gle/abcDEF123", "forms[.]gle/abcDEF123")),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.xyz%2Fa", ("domain", "evil.xyz", "evil[.]xyz")),
    ],
)
def test_what_an_offer_is_recognised_by(written, found):
    assert shown(written) == found


@pytest.mark.parametrize(
    "written",
    [
        "https://www.facebook.com/groups/1",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://vietcombank.com.vn",
        "https://bit.ly",
        "https://dichvucong.gov.vn",
        "https://hanoi.gov.vn/a",
        "https://vnexpress.net/a",
        "https://t.me/kenh",
    ],
)
def test_what_everybody_names_links_nothing(written):
    assert shown(written) is None
