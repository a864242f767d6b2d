"""Visits pages in a real browser, each once a language, and keeps what there was to see for all tests that ask."""

import json
import subprocess
import sys
from collections import deque
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright

from tests.functional.pages import FLOODED, PAGES, PASSWORD
from tests.patience import BROWSERS_PATIENCE, PATIENCE

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PROBES = (HERE / "probes.js").read_text()
SCRIPT = f"{AXE_SCRIPT};{PROBES}"
"""Looks at a page from inside, put there by the browser itself, for which the policy of the page does not hold."""
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE, NARROW, ZOOMED, DESKTOP = (390, 844), (320, 640), (640, 400), (1280, 900)
PREFIXES = {"vi": "", "en": "/en"}
# One look of axe a language, so that both appearances and both a phone and a desk are looked at.
SCHEMES = {"vi": "light", "en": "dark"}
OTHER = {"light": "dark", "dark": "light"}
AXE_SIZES = {"vi": PHONE, "en": DESKTOP}
WALKERS = 2
# A picture of each state of a page, which nobody sees, is then made in one go: a quarter less work for the machine.
WALKING = ["--disable-threaded-compositing"]
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
    errors: list = field(default_factory=list)  # of scripts and of the policy
    # What tests are told that ask for `looked`:
    axe: list = None
    layout: dict = None  # by width
    touch: list = None
    focus: list = None
    ground: dict = None  # by scheme: how bright the page is, 0 to 1


@pytest.fixture(scope="session")
def world(site):
    """What there is on the site, so that every page has something on it."""
    command = [sys.executable, "-m", "tests.functional.world", PASSWORD, FLOODED]
    made = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


@pytest.fixture(scope="session")
def visit(site, world, launch, request):
    """Return what was seen on a page, by language.

    All pages that the chosen tests ask about are walked at once, by as many browsers as there are walkers.
    """
    names, looked_at = asked_by("visit", request.session.items), asked_by("looked", request.session.items)
    visits, waiting = {name: Future() for name in names}, deque(names)

    def walk():
        try:
            with sync_playwright() as playwright:
                walker = Walker(site, world, launch(playwright, *WALKING))
                with suppress(IndexError):
                    while True:
                        name = waiting.popleft()
                        fulfil(visits[name], walker, name, is_to_look=name in looked_at)
        except Exception as error:  # the browser did not start, or ended: nobody waits for it
            for future in visits.values():
                with suppress(InvalidStateError):
                    future.set_exception(error)

    walkers = [Thread(target=walk, daemon=True) for _ in range(WALKERS)]
    for walker in walkers:
        walker.start()
    yield lambda name: visits[name].result(timeout=PATIENCE)
    waiting.clear()
    for walker in walkers:
        walker.join()


@pytest.fixture(scope="session")
def looked(visit):
    """Return what was seen on a page and of how it looks, by language: most of the work of a walk."""
    return visit


def asked_by(fixture, items):
    """Return the names of the pages that tests with a fixture ask about, in their order."""
    asking = [item for item in items if fixture in getattr(item, "fixturenames", ())]
    return dict.fromkeys(item.callspec.params["name"] for item in asking)


def fulfil(visit, walker, name, *, is_to_look):
    """Visit a page in each language; what goes wrong there is told to the tests of this page alone."""
    try:
        seen = {language: walker.visit(BY_NAME[name], language, is_to_look=is_to_look) for language in PREFIXES}
    except Exception as error:
        visit.set_exception(error)
    else:
        visit.set_result(seen)


each_page = pytest.mark.parametrize("name", BY_NAME)


def told(findings):
    """Return findings by language as the message of a failed test, nothing if there are none."""
    return "\n".join(f"{language}: {one}" for language, found in findings.items() for one in found)


class Walker:
    """Goes from page to page in one window: what the browser has made ready for one page serves the next."""

    def __init__(self, site, world, browser):
        self.site, self.world = site, world
        # The service worker of one page must not answer for the next; nothing is on its way to another colour.
        self.context = browser.new_context(service_workers="block", reduced_motion="reduce")
        self.context.set_default_timeout(BROWSERS_PATIENCE)
        self.context.add_init_script(SCRIPT)
        self.page = self.context.new_page()
        self.errors, self.requests = [], []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._said)
        self.page.on("request", lambda request: self.requests.append(request.url))
        # A form that was filled in by the visit before asks whether to leave.
        self.page.on("dialog", lambda dialog: dialog.accept())

    def visit(self, entry, language, *, is_to_look):
        """Return what there is to see on a page, and of how it looks."""
        resize(self.page, NARROW)
        self.page.emulate_media(color_scheme=OTHER[SCHEMES[language]])
        answer = self.open(entry, language)
        found = Visit(self.page.url, answer.status, answer.all_headers())
        read(self.page, found)
        if is_to_look:
            look(self.page, found, language)
        own = urlsplit(self.site.address).netloc
        found.foreign = [url for url in self.requests if not url.startswith("data:") and urlsplit(url).netloc != own]
        found.errors = list(self.errors)
        found.cookies = [cookie["name"] for cookie in self.context.cookies()]
        return found

    def open(self, entry, language):
        """Open a page as whoever it is for, nobody in particular without a cookie; returns the answer that shows it."""
        self.errors.clear()
        self.requests.clear()
        self.context.clear_cookies()
        if entry.who:
            self.context.add_cookies([session_of(entry.who, self.site, self.world)])
        return arrive(self.page, entry, language, site=self.site, world=self.world)

    def close(self):
        self.context.close()

    def _said(self, message):
        if "Content Security" in message.text:
            self.errors.append(message.text)


def session_of(who, site, world):
    """Return the cookie by which somebody is signed in."""
    return {"name": "sessionid", "value": world["sessions"][who], "url": site.address}


def arrive(page, entry, language, *, site, world):
    """Go where a page is; returns the answer that shows it."""
    page.set_extra_http_headers({"X-Forwarded-For": entry.sender})
    path = entry.path.format(**world).removeprefix(site.address)
    answer = page.goto(f"{site.address}{PREFIXES[language]}{path}")
    if entry.do is not None:
        answer = entry.do(page, world)
    return answer


def read(page, found):
    """Take what a page says."""
    found.lang, found.title, found.texts, found.other = page.evaluate(
        "[document.documentElement.lang, document.title, probes.texts(), probes.other()]"
    )


def look(page, found, language):
    """Look at a page with everything opened, at each width and in each scheme; then at what a keyboard shows of it."""
    scheme, size = SCHEMES[language], AXE_SIZES[language]
    found.layout, found.ground = {}, {}
    found.layout[NARROW], found.touch, found.ground[OTHER[scheme]] = page.evaluate(
        "probes.openDetails(), [probes.layoutWithMenus(), probes.touch(), probes.ground()]"
    )
    page.emulate_media(color_scheme=scheme)
    resize(page, ZOOMED)
    found.layout[ZOOMED], found.ground[scheme] = page.evaluate("[probes.layoutWithMenus(), probes.ground()]")
    resize(page, size)
    # As tall as the page: what sticks to the foot of the window would lie over what can be scrolled from under it.
    height = page.evaluate("document.documentElement.scrollHeight")
    if height > size[1]:
        resize(page, (size[0], height))
    found.axe = page.evaluate("tags => probes.axe(tags)", TAGS)
    page.keyboard.press("Tab")  # from now on the browser shows where the focus is
    found.focus = page.evaluate("probes.focus()")


def resize(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
