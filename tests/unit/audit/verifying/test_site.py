import gzip
import json

import httpx
import pytest

from kiemtin.audit.publiclog.tiles import Tile
from kiemtin.audit.verifying import site as site_module
from kiemtin.audit.verifying.site import Given, NotThereError, Site, SiteError, Trouble, address_of


def site_of(answer):
    """A site whose every answer is made by a function of the path."""
    transport = httpx.MockTransport(lambda request: answer(request.url.path))
    return Site("https://kiemtin.example", transport=transport)


def giving(content, **fields):
    return site_of(lambda path: httpx.Response(200, content=content, **fields))


def trouble_of(act):
    with pytest.raises(SiteError) as caught:
        act()
    return caught.value.trouble


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://kiemtin.example", "https://kiemtin.example"),
        (" kiemtin.example/ ", "https://kiemtin.example"),
        ("https://kiemtin.example/log/", "https://kiemtin.example"),
        ("https://example.org/kt/log", "https://example.org/kt"),
        ("localhost:8000", "http://localhost:8000"),
        ("localhost", "http://localhost"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed, address):
    assert address_of(typed) == address


@pytest.mark.parametrize(
    "typed", ["", "ftp://example.org", "https://", "https://x:99999", "file:///etc/passwd", "https://[::"]
)
def test_what_is_no_address_is_refused(typed):
    assert trouble_of(lambda: address_of(typed)) is Trouble.BAD_ADDRESS


def test_entries_are_read_from_a_bundle():
    raw = b"\x00\x02ab\x00\x00\x00\x01c"
    assert giving(raw).leaves(Tile(-1, 0, 3)) == [b"ab", b"", b"c"]
    for broken in (raw[:-1], raw + b"\x00", raw + b"\x00\x00", b"", b"\x00\x09ab"):
        assert trouble_of(lambda broken=broken: giving(broken).leaves(Tile(-1, 0, 3))) is Trouble.UNREADABLE


def test_what_is_published_is_a_line_for_each_entry():
    assert giving(b'{"check":1}\nnull\n').published(Tile(-1, 0, 2)) == [{"check": 1}, None]
    for broken in (b"null\n", b"null\n[]\n", b"null\n{\n", b"[" * 100_000 + b"\nnull\n", b"\xff\nnull\n"):
        assert trouble_of(lambda broken=broken: giving(broken).published(Tile(-1, 0, 2))) is Trouble.UNREADABLE


def test_the_feed_is_read_as_a_stream_whatever_is_in_it():
    items = [
        {"item": [{"@id": "https://kiemtin.example/checks/7/", "version": 2, "claimReviewed": "Tin"}]},
        {"item": [{"@id": 7, "version": "2", "claimReviewed": None}, "x"]},
        {"item": [{"@id": "https://kiemtin.example/checks/٧/", "version": True}]},
    ]
    raw = gzip.compress(json.dumps({"@type": "DataFeed", "dataFeedElement": items}).encode())
    found = list(giving(raw, headers={"Content-Encoding": "gzip"}).given())
    assert found == [Given("check/7", 2, "Tin"), Given("", 0, ""), Given("", 0, "")]
    assert trouble_of(lambda: list(giving(b'{"dataFeedElement": [').given())) is Trouble.UNREADABLE


def test_what_else_stands_is_a_line_each():
    raw = b'{"subject":"alert/3","revision":2,"words":"Tin"}\n{"subject":7,"revision":true}\n'
    assert giving(raw).standing() == [Given("alert/3", 2, "Tin"), Given("", 0, "")]
    assert giving(b"").standing() == []
    for broken in (b"[]\n", b"{\n", b"\xff\n", b"[" * 100_000):
        assert trouble_of(lambda broken=broken: giving(broken).standing()) is Trouble.UNREADABLE


def test_answers_are_bounded(monkeypatch):
    assert trouble_of(giving(b"x" * (65 << 10)).checkpoint) is Trouble.TOO_LARGE
    # Also what only grows when it is unpacked.
    bomb = gzip.compress(b"x" * (8 << 20))
    assert trouble_of(giving(bomb, headers={"Content-Encoding": "gzip"}).checkpoint) is Trouble.TOO_LARGE
    monkeypatch.setattr(site_module, "_SECONDS", -1.0)
    assert trouble_of(giving(b"x").checkpoint) is Trouble.TOO_LARGE


def test_other_answers_are_told_apart():
    assert trouble_of(site_of(lambda path: httpx.Response(503)).key) is Trouble.REFUSED
    assert trouble_of(giving(b"\xff").checkpoint) is Trouble.UNREADABLE
    assert trouble_of(giving(b"no gzip at all", headers={"Content-Encoding": "gzip"}).checkpoint) is Trouble.UNREADABLE
    with pytest.raises(NotThereError):
        site_of(lambda path: httpx.Response(404)).checkpoint()

    def fail(path):
        raise httpx.ConnectError("no way")

    assert trouble_of(site_of(fail).checkpoint) is Trouble.UNREACHABLE
    moved = site_of(lambda path: httpx.Response(302, headers={"Location": "https://kiemtin.example/log/checkpoint"}))
    assert trouble_of(moved.checkpoint) is Trouble.UNREACHABLE
