"""Visits pages in a real browser, each once a language, and keeps what there was to see for all tests that ask."""

import json
import subprocess
import sys
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright

from tests.functional.pages import FLOODED, PAGES, PASSWORD

HERE = Path(__file__).parent
PROBES = (HERE / "probes.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, NARROW, ZOOMED, DESKTOP = (390, 844), (320, 640), (640, 400), (1280, 900)
PREFIXES = {"vi": "", "en": "/en"}
# One look of axe a language, so that both appearances and both a phone and a desk are looked at.
SCHEMES = {"vi": "light", "en": "dark"}
AXE_SIZES = {"vi": PHONE, "en": DESKTOP}
WALKERS = 2
BY_NAME = {entry.name: entry for entry in PAGES}


@dataclass
class Visit:
    """What was seen of a page in a language."""

    url: str
    status: int
    headers: dict
    lang: str = ""
    title: str = ""
    texts: list = field(default_factory=list)
    other: list = field(default_factory=list)
    cookies: list = field(default_factory=list)
    foreign: list = field(default_factory=list)
    axe: list = field(default_factory=list)
    layout: dict = field(default_factory=dict)  # by width
    touch: list = field(default_factory=list)
    focus: list = field(default_factory=list)
    ground: dict = field(default_factory=dict)  # by scheme: how bright the page is, 0 to 1
    errors: list = field(default_factory=list)  # of scripts and of the policy


@pytest.fixture(scope="session")
def world(site):
    """What there is on the site, so that every page has something on it."""
    command = [sys.executable, str(HERE / "world.py"), PASSWORD, FLOODED]
    made = subprocess.run(command, env=site.environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


@pytest.fixture(scope="session")
def visit(site, world, launch, request):
    """Return what was seen on a page, by language.

    All pages that the chosen tests ask about are walked at once, by as many browsers as there are walkers.
    """
    asking = [item for item in request.session.items if "visit" in getattr(item, "fixturenames", ())]
    names = dict.fromkeys(item.callspec.params["name"] for item in asking)
    visits, waiting = {name: Future() for name in names}, deque(names)

    def walk():
        with sync_playwright() as playwright:
            walker = Walker(site, world, launch(playwright))
            with suppress(IndexError):
                while True:
                    walker.fulfil(visits, waiting.popleft())
            walker.browser.close()

    walkers = [Thread(target=walk, daemon=True) for _ in range(WALKERS)]
    for walker in walkers:
        walker.start()
    yield lambda name: visits[name].result(timeout=300)
    waiting.clear()
    for walker in walkers:
        walker.join()


each_page = pytest.mark.parametrize("name", BY_NAME)


def told(findings):
    """Return findings by language as the message of a failed test, nothing if there are none."""
    return "\n".join(f"{language}: {one}" for language, found in findings.items() for one in found)


class Walker:
    """Keeps a browser window for each person, and one for whoever is not signed in."""

    def __init__(self, site, world, browser):
        self.site, self.world, self.browser, self.windows = site, world, browser, {}

    def window(self, who):
        """Return the window of a person, signed in; that of nobody in particular has no cookie."""
        if who not in self.windows:
            self.windows[who] = Window(self.browser)
            if who:
                cookie = {"name": "sessionid", "value": self.world["sessions"][who], "url": self.site.address}
                self.windows[who].context.add_cookies([cookie])
        if not who:
            self.windows[who].context.clear_cookies()
        return self.windows[who]

    def fulfil(self, visits, name):
        try:
            visits[name].set_result({language: self.visit(BY_NAME[name], language) for language in PREFIXES})
        except Exception as error:
            visits[name].set_exception(error)

    def visit(self, entry, language):
        window = self.window(entry.who)
        window.start(NARROW, SCHEMES[language])
        answer = self.arrive(window.page, entry, language)
        found = Visit(window.page.url, answer.status, answer.all_headers())
        look(window.page, found, language)
        own = urlsplit(self.site.address).netloc
        found.foreign = [url for url in window.requests if not url.startswith("data:") and urlsplit(url).netloc != own]
        found.errors = list(window.errors)
        found.cookies = [cookie["name"] for cookie in window.context.cookies()]
        return found

    def arrive(self, page, entry, language):
        """Go where a page is; returns the answer that shows it."""
        page.set_extra_http_headers({"X-Forwarded-For": entry.sender})
        path = entry.path.format(**self.world).removeprefix(self.site.address)
        answer = page.goto(f"{self.site.address}{PREFIXES[language]}{path}")
        if entry.do is not None:
            answer = entry.do(page, self.world)
        return answer

    def close(self):
        for window in self.windows.values():
            window.context.close()


class Window:
    """One page, used again and again, that notes what it asks for and what goes wrong in it."""

    def __init__(self, browser):
        # The service worker of one page must not answer for the next.
        self.context = browser.new_context(service_workers="block")
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.errors, self.requests = [], []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._said)
        self.page.on("request", lambda request: self.requests.append(request.url))
        # A form that was filled in by the visit before asks whether to leave.
        self.page.on("dialog", lambda dialog: dialog.accept())

    def start(self, size, scheme):
        self.errors.clear()
        self.requests.clear()
        resize(self.page, size)
        self.page.emulate_media(color_scheme=scheme)

    def _said(self, message):
        if "Content Security" in message.text:
            self.errors.append(message.text)


def look(page, found, language):
    """Look at a page with everything opened, at each width; then with what a user of a keyboard sees."""
    scheme, size = SCHEMES[language], AXE_SIZES[language]
    equip(page)
    found.lang, found.title = page.evaluate("[document.documentElement.lang, document.title]")
    found.texts, found.other = page.evaluate("[probes.texts(), probes.other()]")
    page.evaluate("probes.openDetails()")
    found.layout[NARROW], found.touch = page.evaluate("[probes.layoutWithMenus(), probes.touch()]")
    resize(page, ZOOMED)
    found.layout[ZOOMED] = page.evaluate("probes.layoutWithMenus()")
    # As tall as the page: what sticks to the foot of the window would lie over what can be scrolled from under it.
    resize(page, (size[0], max(size[1], page.evaluate("document.documentElement.scrollHeight"))))
    found.axe = page.evaluate("tags => probes.axe(tags)", TAGS)
    page.keyboard.press("Tab")  # from now on the browser shows where the focus is
    found.focus = page.evaluate("probes.focus()")
    found.ground[scheme] = page.evaluate("probes.ground()")
    other = "light" if scheme == "dark" else "dark"
    page.emulate_media(color_scheme=other)
    found.ground[other] = page.evaluate("probes.ground()")


def equip(page):
    """Put what looks at a page into it: the policy of the page does not hold for a browser's own tools."""
    page.evaluate(f"{AXE_SCRIPT};{PROBES}")


def resize(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
