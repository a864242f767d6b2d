"""The first view stays light: what is sent before a reader sees the page, over the wire and compressed."""

import re
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.once

KILOBYTES = 100
"""For everything that the page loads by itself, fonts and scripts included."""


class Wire:
    """What a page loads, as the browser's own network log tells it."""

    def __init__(self, page):
        self.sizes, self.kinds, self._addresses = {}, {}, {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._loaded)

    def _sent(self, event):
        self._addresses[event["requestId"]] = event["request"]["url"]
        self.kinds[event["request"]["url"]] = event.get("type", "")

    def _loaded(self, event):
        self.sizes[self._addresses[event["requestId"]]] = event["encodedDataLength"]

    def foreign(self, site):
        own = urlsplit(site.address).netloc
        return [url for url in self.kinds if urlsplit(url).scheme != "data" and urlsplit(url).netloc != own]


@pytest.fixture
def load(site, open_page):
    """Load a page as a first visitor does; returns the page and what it loaded."""

    def load(path, **options):
        page = open_page(**options)
        wire = Wire(page)
        assert page.goto(f"{site.address}{path}", wait_until="networkidle").status == 200
        return page, wire

    return load


@pytest.fixture
def check_path(site, open_page):
    page = open_page()
    page.goto(f"{site.address}/checks/")
    return urlsplit(page.locator(".card-title a").first.get_attribute("href")).path


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["home", "check"])
def test_the_first_view_is_within_the_budget(load, site, check_path, name, width):
    path = {"home": "/", "check": check_path}[name]
    _, wire = load(path, width=width)
    total = sum(wire.sizes.values())
    told = "\n".join(f"{size:>8} {url}" for url, size in sorted(wire.sizes.items(), key=lambda pair: -pair[1]))
    assert total <= KILOBYTES * 1000, f"{total} bytes:\n{told}"
    assert any(".woff2" in url for url in wire.sizes), "the fonts count too"
    assert not wire.foreign(site)


@pytest.mark.parametrize("name", ["home", "check"])
def test_nothing_but_the_appearance_is_waited_for_before_the_first_paint(load, check_path, name):
    page, _ = load({"home": "/", "check": check_path}[name])
    blocking = page.eval_on_selector_all("script[src]:not([defer]):not([async])", "all => all.map(one => one.src)")
    assert [urlsplit(url).path.rsplit("/", 1)[-1] for url in blocking] == ["theme.js"]
    sheets = page.eval_on_selector_all("link[rel=stylesheet]", "all => all.length")
    assert sheets == 1


def test_text_is_compressed_and_files_are_kept(load):
    _, wire = load("/")
    page = next(url for url, kind in wire.kinds.items() if kind == "Document")
    style = next(url for url in wire.sizes if re.search(r"kiemtin\.css", url))
    assert "?v=" in style  # its address changes with its content, so it can be kept for a year
    assert wire.sizes[page] < 15_000
    assert wire.sizes[style] < 15_000
