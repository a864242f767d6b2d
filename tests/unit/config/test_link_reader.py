import httpx
import pytest

from kiemtin.config.link_reader import read_page
from kiemtin.exchange.fetching import network
from kiemtin.exchange.fetching.fetcher import Fetcher
from kiemtin.media.page_text import LARGEST
from kiemtin.questions.link_pages import PageNotReadError
from tests.web import HOST, running_web

pytestmark = pytest.mark.allow_hosts([HOST])
HTML = {"headers": {"Content-Type": "text/html; charset=utf-8"}}


@pytest.fixture
def web():
    with running_web() as web:
        yield web


@pytest.fixture
def fetcher(web, monkeypatch):
    """A fetcher for which every name leads to `web`, as if that were a public address."""
    monkeypatch.setattr(network, "is_public", lambda address: address == HOST)
    return Fetcher(user_agent="test", resolve=lambda host, port: [HOST], trust=httpx.create_ssl_context())


def test_a_page_is_fetched_and_read(web, fetcher):
    web.put("tin.example/a", f"<title>Tin lạ</title><p>{'Nước chanh nóng chữa ung thư. ' * 9}</p>", **HTML)
    web.put("ngan.example/1", status=302, headers={"Location": web.url("tin.example/a")})
    page = read_page(web.url("ngan.example/1"), fetcher=fetcher)
    assert (page.title, page.url) == ("Tin lạ", web.url("tin.example/a"))
    assert page.text.startswith("Nước chanh nóng")
    assert len(page.sha256) == 64


@pytest.mark.parametrize(
    ("page", "failure", "status"),
    [
        ({"status": 404}, "gone", 404),
        ({"status": 403}, "denied", 403),
        ({"body": b"a" * (LARGEST + 1)}, "too-large", 0),
    ],
)
def test_what_fails_says_why(web, fetcher, page, failure, status):
    web.put("tin.example/a", **page)
    with pytest.raises(PageNotReadError) as caught:
        read_page(web.url("tin.example/a"), fetcher=fetcher)
    assert (caught.value.failure, caught.value.status) == (failure, status)


def test_what_programs_may_not_read_is_not_read(web, fetcher):
    web.put("tin.example/robots.txt", "User-agent: *\nDisallow: /")
    web.put("tin.example/a", "<p>x</p>", **HTML)
    with pytest.raises(PageNotReadError, match="robots"):
        read_page(web.url("tin.example/a"), fetcher=fetcher)
    assert web.paths() == ["tin.example/robots.txt"]


def test_private_addresses_are_not_asked(web):
    with pytest.raises(PageNotReadError, match="private-address"):
        read_page(web.url(f"{HOST}/a"), fetcher=Fetcher(user_agent="test"))
    assert web.paths() == []
