"""Our search and our checks on somebody else's page: another origin, one line of HTML."""

import http.server
import threading
from functools import partial
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from benchmarks.desk.server import free_port
from tests.functional.conftest import HOST

pytestmark = pytest.mark.once

PAGE = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Trang của người khác</title><body style="margin:0"><h1>Trang của người khác</h1>
<div>{line}</div><p id="after">Hết.</p>"""


class Elsewhere(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        """Say nothing."""


@pytest.fixture
def elsewhere(site, tmp_path):
    """Put a page of somebody else on the network, at another origin than ours; returns its address."""
    server = http.server.ThreadingHTTPServer((HOST, free_port()), partial(Elsewhere, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def put(line, lang="vi"):
        (tmp_path / "trang.html").write_text(PAGE.format(line=line, lang=lang), encoding="utf-8")
        return f"http://{HOST}:{server.server_port}/trang.html"

    yield put
    server.shutdown()
    server.server_close()


@pytest.fixture
def line(site, open_page):
    """The line as the page on reuse gives it, in a language."""

    def read(prefix=""):
        page = open_page()
        page.goto(f"{site.address}{prefix}/reuse/")
        return page.locator("section[aria-labelledby=h-widget] .box code").inner_text()

    return read


def heights(page):
    """Return how high the frame is, and how high what stands in it is."""
    frame = next(frame for frame in page.frames if frame.parent_frame)
    outside = page.locator("iframe").bounding_box()["height"]
    return outside, frame.evaluate("document.body.getBoundingClientRect().height")


def settle(page):
    """Wait until the frame is as high as what stands in it."""
    frame = next(frame for frame in page.frames if frame.parent_frame)
    for _ in range(50):
        outside, inside = heights(page)
        if abs(outside - inside) <= 1.5:
            break
        frame.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert abs(outside - inside) <= 1.5, (outside, inside)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(("prefix", "lang", "words"), [("", "vi", "Tìm"), ("/en", "en", "Search")])
def test_one_line_puts_the_search_into_another_page(site, open_page, elsewhere, line, prefix, lang, words, width):
    page = open_page(width=width)
    page.goto(elsewhere(line(prefix)))
    frame = page.frame_locator("iframe")
    expect(frame.locator("html")).to_have_attribute("lang", lang)
    expect(frame.locator("form button")).to_contain_text(words)
    expect(frame.locator(".card-title").first).to_be_visible()  # the latest checks
    settle(page)
    before, _ = heights(page)
    frame.locator("[name=q]").fill("5G Covid")
    frame.locator("[name=q]").press("Enter")
    expect(frame.locator("[name=q]")).to_have_value("5G Covid")
    expect(frame.locator(".card-title a").first).to_contain_text("5G")
    settle(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#after").bounding_box()["y"] >= heights(page)[0]
    with page.context.expect_page() as opened:
        frame.locator(".card-title a").first.click()
    assert opened.value.url.startswith(f"{site.address}{prefix}/checks/")
    assert page.url.endswith("/trang.html")
    assert page.context.cookies() == []
    assert before > 100


def test_the_language_of_the_page_is_the_language_of_the_search(site, open_page, elsewhere):
    page = open_page()
    page.goto(elsewhere(f'<script src="{site.address}/widget.js" async></script>', lang="en-GB"))
    expect(page.frame_locator("iframe").locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("iframe")).to_have_attribute("title", "Search fact-checks – Kiểm Tin")


def test_it_stores_nothing_and_loads_nothing_from_elsewhere(site, open_page, elsewhere, line):
    page = open_page()
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    address = elsewhere(line())
    page.goto(address)
    expect(page.frame_locator("iframe").locator(".card-title").first).to_be_visible()
    hosts = {urlsplit(url).netloc for url in requests if not url.startswith("data:")}
    assert hosts <= {urlsplit(site.address).netloc, urlsplit(address).netloc}
    assert page.context.cookies() == []
    assert page.context.storage_state() == {"cookies": [], "origins": []}


def test_a_check_shows_where_it_is_put(site, open_page, elsewhere, world):
    page = open_page()
    number = world["checks"]["corrected"]
    page.goto(
        elsewhere(f'<script src="{site.address}/widget.js" data-check="{number}" data-theme="dark" async></script>')
    )
    frame = page.frame_locator("iframe")
    expect(frame.locator(".verdict-l")).to_be_visible()
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")
    settle(page)


def test_other_pages_of_ours_refuse_to_be_framed(site, browser, elsewhere):
    page = browser.new_page()  # `open_page` takes the refusal for a fault
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(elsewhere(f'<iframe src="{site.address}/checks/" width="300"></iframe>'))
    page.close()


def test_a_height_from_another_frame_is_not_believed(site, open_page, elsewhere, line):
    page = open_page()
    page.goto(elsewhere(line()))
    expect(page.frame_locator("iframe").locator(".card-title").first).to_be_visible()
    settle(page)
    before, _ = heights(page)
    page.evaluate("window.postMessage({ kiemtin: 'height', height: 4000 }, '*')")
    page.evaluate("() => new Promise(done => setTimeout(done))")
    assert heights(page)[0] == before


def test_without_a_script_in_the_frame_the_search_still_works(site, open_page, world):
    page = open_page(java_script=False)
    page.goto(f"{site.address}/en/widget/?q=5G+Covid")
    expect(page.locator(".card-title a").first).to_contain_text("5G")


def test_the_html_of_oembed_shows_the_card(site, open_page, elsewhere, world):
    page = open_page()
    address = f"{site.address}/en/checks/{world['checks']['published']}/"
    told = page.request.get(f"{site.address}/oembed", params={"url": address, "maxwidth": "350"}).json()
    assert told["width"] == 350
    page.goto(elsewhere(told["html"]))
    expect(page.frame_locator("iframe").locator(".verdict-l")).to_be_visible()
    assert page.locator("iframe").bounding_box()["width"] == 350
