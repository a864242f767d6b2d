import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiemtin.media.links.canonical import LONGEST, address_of, canonical_form

PAGE = "https://vnexpress.net/Tin-a-123.html"
VIDEO = "https://youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.mark.parametrize(
    "written",
    [
        "vnexpress.net/Tin-a-123.html",
        "HTTP://WWW.VnExpress.NET:80/Tin-a-123.html",
        "https://m.vnexpress.net/Tin-a-123.html?utm_source=zalo&utm_medium=x&fbclid=abc#box_comment",
        "https://vnexpress.net./Tin-a-123.html?zarsrc=30&gclid=1&_gl=2",
        "https://vnexpress.net/Tin%2Da-123.html?view=amp",
        "https://vnexpress.net/x/../Tin-a-123.html/",
        "https://www.google.com/amp/s/vnexpress.net/Tin-a-123.html/amp",
        "https://google.com.vn/amp/vnexpress.net/Tin-a-123.html",
        "https://vnexpress-net.cdn.ampproject.org/c/s/vnexpress.net/Tin-a-123.html?amp=1",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fvnexpress.net%2FTin-a-123.html%3Ffbclid%3Dx&h=AT0",
        "https://www.google.com/url?sa=t&q=https://vnexpress.net/Tin-a-123.html&usg=x",
        "https://l.zalo.me/?url=https%3A%2F%2Fvnexpress.net%2FTin-a-123.html%3Fzarsrc%3D30",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttps%253A%252F%252Fvnexpress.net%252FTin-a-123.html",
        "hxxps://vnexpress[.]net/Tin-a-123.html",
        "https://ai@vnexpress.net/Tin-a-123.html",
        " //vnexpress.net/Tin-a-123.html\n",
    ],
)
def test_one_page_has_one_form(written):
    assert canonical_form(written) == PAGE


@pytest.mark.parametrize(
    "written",
    [
        "https://youtu.be/dQw4w9WgXcQ?si=abc&t=3",
        "https://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    ],
)
def test_one_video_has_one_form(written):
    assert canonical_form(written) == VIDEO


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.vn/Tin", "https://a.vn/tin"),
        ("https://a.vn/?id=1", "https://a.vn/?id=2"),
        ("https://a.vn/#/tin/1", "https://a.vn/#/tin/2"),
        ("https://a.vn:8080/", "https://a.vn/"),
        ("https://tin.a.vn/", "https://a.vn/"),
        ("https://a.vn/a%2Fb", "https://a.vn/a/b"),
        ("https://a.vn/?url=https://b.vn", "https://b.vn"),
        ("https://m.vn/a", "https://vn/a"),
        ("https://m.me/a", "https://me/a"),
        ("https://vietcombank.com", "https://v\u0456etcombank.com"),
    ],
)
def test_other_pages_have_other_forms(one, other):
    assert canonical_form(one) != canonical_form(other)


def test_parameters_that_say_the_page_stay_in_one_order():
    assert canonical_form("https://a.vn/?b=2&utm_id=7&a=%c3%a1") == canonical_form("https://a.vn/?a=%C3%A1&b=2")
    assert canonical_form("https://a.vn/?b=2&a=1") == "https://a.vn/?a=1&b=2"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            " ",
            "javascript:alert(1)",
            "mailto:a@b.vn",
            "ftp://a.vn",
            "http://",
            "http://a b.vn",
            "https://localhost/x",
        ),
        *("http://a.vn:99999", "http://\ud800.vn", "a" * (LONGEST + 1), "https://a.vn/" + "ă" * LONGEST, "data:,x"),
    ],
)
def test_what_is_no_address_has_none(written):
    assert canonical_form(written) == ""
    assert address_of(written) is None


def test_what_stood_around_is_told():
    found = address_of("https://l.facebook.com/l.php?u=http%3A%2F%2Fwww.a.vn%2Fx%3Ffbclid%3D1")
    assert (found.around, found.host, found.target) == (
        "l.facebook.com",
        "www.a.vn",
        "http://www.a.vn/x?fbclid=1",
    )
    assert address_of("http://vietcombank.com.vn@evil.xyz/").has_user


def test_a_wrapper_without_a_link_is_a_page():
    assert canonical_form("https://l.facebook.com/l.php?u=mailto%3Aa") == "https://l.facebook.com/l.php?u=mailto%3Aa"
    assert canonical_form("https://www.google.com/url?q=tin") == "https://google.com/url?q=tin"


def test_redirects_without_end_come_to_an_end():
    inner = "https://a.vn/"
    for _ in range(4):
        inner = f"https://www.google.com/url?q={inner.replace('%', '%25').replace(':', '%3A').replace('&', '%26')}"
    assert canonical_form(inner) == "https://a.vn/"
    loop = "https://www.google.com/url?q=" + "https://www.google.com/url?q=" * 60
    assert canonical_form(canonical_form(loop)) == canonical_form(loop)


_WORDS = """
https:// http:// // www. m. amp. a.vn vi-vn.facebook.com youtu.be/ youtube.com google.com/url?q= google.com/amp/s/
l.facebook.com/l.php?u= https%3A%2F%2F %252F a-b.cdn.ampproject.org/c/s/ /amp .amp / ? & = # #/ :80 :443 :8080
@ utm_source=x a=1 view=amp fbclid= %41 %34%31 % %2e %2E%2E .. [.] (.) v\u0456et .com.vn xn-- đ Đ \u00df \u3002 ; +
dQw4w9WgXcQ /shorts/ 127.1 0x7f [::1] . twitter.com
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\ud800", "\x00", "\t"])
_TEXTS = st.lists(_PIECES, max_size=12).map("".join) | st.text(max_size=60) | st.text(max_size=40).map("a.vn/".__add__)


@example("https://a.vn/%%34%31")
@example("http://a.vn:443/")
@example("https://youtu.be/dQw4w9WgXcQ")
@given(_TEXTS)
def test_the_canonical_form_of_a_canonical_form_is_itself_and_nothing_raises(written):
    once = canonical_form(written)
    assert canonical_form(once) == once
