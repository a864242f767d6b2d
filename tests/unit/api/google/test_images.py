import httpx
import pytest

from kiemtin.api.faults import ApiError
from kiemtin.api.google import images
from kiemtin.exchange.fetching import network
from kiemtin.exchange.fetching.fetcher import Fetcher
from kiemtin.media.pictures import Availability, Code, PictureError
from tests.pictures import PHOTO, FakeReader, png
from tests.web import HOST, running_web

pytestmark = pytest.mark.allow_hosts([HOST])


@pytest.fixture
def web(monkeypatch):
    monkeypatch.setattr(network, "is_public", lambda address: address == HOST)
    fetcher = Fetcher(user_agent="test", resolve=lambda host, port: [HOST], trust=httpx.create_ssl_context())
    monkeypatch.setattr(images, "public_fetcher", lambda: fetcher)
    with running_web() as web:
        web.put("a.example/a.png", png())
        yield web


@pytest.fixture
def reader(monkeypatch):
    monkeypatch.setattr(images, "availability", Availability)
    reader = FakeReader(monkeypatch, images)
    read = reader._read
    monkeypatch.setattr(images, "read_text", lambda opened, seconds: read(opened))
    return reader


def why(uri):
    with pytest.raises(ApiError) as caught:
        images.seen_at(uri)
    error = caught.value
    return (error.code, error.wrong[0].code if error.wrong else "")


def test_its_text_is_read_and_else_its_looks(web, reader):
    reader.text, reader.photo = "Ăn tỏi", PHOTO
    assert images.seen_at(web.url("a.example/a.png")) == ("Ăn tỏi", "")
    reader.text = ""
    assert images.seen_at(web.url("a.example/a.png")) == ("", str(PHOTO))
    reader.photo = None
    assert images.seen_at(web.url("a.example/a.png")) == ("", "")


def test_what_is_wrong_with_the_address_is_said(web, reader, monkeypatch):
    web.put("a.example/text", "no picture")
    assert why(web.url("a.example/text")) == ("invalid", "not-a-picture")
    assert why(web.url("a.example/gone")) == ("invalid", "gone")
    assert why("ftp://a.example/") == ("invalid", "bad-address")
    monkeypatch.setattr(network, "is_public", lambda address: False)
    assert why(web.url("a.example/a.png")) == ("invalid", "private-address")


def test_a_picture_that_takes_too_long(web, reader):
    reader.error = PictureError(Code.TOO_SLOW)
    assert why(web.url("a.example/a.png")) == ("invalid", "too-slow")
    reader.error = None
    assert images.seen_at(web.url("a.example/a.png")) == ("", ""), "the place is free again"


def test_one_at_a_time(web, reader, monkeypatch):
    asked = []

    def again(opened, seconds):
        asked.append(why(web.url("a.example/a.png")))
        return reader._read(opened)

    monkeypatch.setattr(images, "read_text", again)
    images.seen_at(web.url("a.example/a.png"))
    assert asked == [("too-many", "")]


def test_without_a_reader_it_is_said_honestly(monkeypatch):
    monkeypatch.setattr(images, "availability", lambda: Availability(("tesseract",), "apt-get install tesseract-ocr"))
    assert why("https://a.example/a.png") == ("no-reader", "")
