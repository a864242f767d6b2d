"""The page for whom there is no room, from a process in which there is none for anybody: as a browser shows it."""

import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from kiemtin.config.admission.gate import Gate
from kiemtin.config.admission.kinds import Kind, Rule
from kiemtin.config.admission.layer import Admission
from tests.functional.conftest import HOST
from tests.functional.pages import post
from tests.functional.walk import NARROW, OTHER, PREFIXES, SCHEMES, SCRIPT, ZOOMED, Visit, look, read, resize

NOBODY = dict.fromkeys(Kind, Rule(share=1, places=1, waiting=0, patience=0))
SHARED = "Mai cả nước cúp điện 3 ngày, <b>chuyển ngay</b>!\nhttps://tin.example/?a=1&b=2"
LARGE = "Chuyện này có đúng không nhỉ. " * 2_500


class Silent(WSGIRequestHandler):
    def log_message(self, *_):
        pass


def unreached(environ, start_response):
    raise AssertionError("nobody gets through")


@pytest.fixture(scope="module")
def full():
    """Address of a site that turns everybody away."""
    layer = Admission(unreached, gate=Gate(NOBODY, places=0, reserve=0))
    with make_server(HOST, 0, layer, handler_class=Silent) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://{HOST}:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def page(open_page):
    page = open_page()
    page.context.add_init_script(SCRIPT)
    return page


STATES = {
    "read": None,
    "text": post("/ask/", text=SHARED, website=""),
    "picture": post("/ask/", text=LARGE),
    "again": post("/r/AAAAAAAAAA/decide/", answer="yes", match="7"),
    "lost": post("/account/login/", login="a@b.example", password="geheim"),
}


@pytest.mark.parametrize("language", PREFIXES)
@pytest.mark.parametrize("state", STATES)
def test_it_is_a_page_like_all_others(full, page, state, language):
    errors, loaded = [], []
    page.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    page.goto(f"{full}{PREFIXES[language]}/")
    page.on("request", lambda request: loaded.append(request.resource_type))
    page.reload()
    if STATES[state]:
        assert STATES[state](page, {}).status == 503
    found = Visit(page.url, 503, {})
    resize(page, NARROW)
    page.emulate_media(color_scheme=OTHER[SCHEMES[language]])
    read(page, found)
    look(page, found, language)
    assert found.lang == language
    assert not found.axe, found.axe
    assert not found.focus, found.focus
    assert not found.layout[NARROW], found.layout[NARROW]
    assert not found.layout[ZOOMED], found.layout[ZOOMED]
    assert not found.touch, found.touch
    assert found.ground["light"] > 0.8
    assert found.ground["dark"] < 0.2
    assert not errors, errors
    assert set(loaded) == {"document"}, "it loads nothing"
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "its style is in force"


def test_the_text_is_sent_again_as_it_was(full, page):
    page.goto(f"{full}/en/")
    STATES["text"](page, {})
    assert page.input_value("textarea") == SHARED
    for _ in range(2):
        with page.expect_navigation() as done:
            page.click("button")
        assert done.value.status == 503
        assert page.url == f"{full}/en/ask/"
        assert page.input_value("textarea") == SHARED


def test_a_page_is_tried_again_at_its_own_address(full, page):
    page.goto(f"{full}/en/checks/?topic=health&page=2")
    with page.expect_navigation():
        page.click("a.btn")
    assert page.url == f"{full}/en/checks/?topic=health&page=2"
