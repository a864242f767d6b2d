"""Everything can be done by keyboard alone, and one always knows where one is."""

import re

import pytest
from playwright.sync_api import expect

from tests.functional.walk import BY_NAME, DESKTOP, PROBES, arrive, session_of

pytestmark = pytest.mark.once

MOST = 200  # presses of Tab that any page may need
CURRENT = "document.activeElement"


@pytest.fixture
def at(site, world, open_page):
    """Open a page of the walk in a window of its own; returns it with the probes in it."""

    def at(name, width=DESKTOP[0]):
        entry = BY_NAME[name]
        page = open_page(width=width)
        if entry.who:
            page.context.add_cookies([session_of(entry.who, site, world)])
        arrive(page, entry, "en", site=site, world=world)
        page.evaluate(PROBES)
        return page

    return at


def tab_to(page, selector, key="Tab"):
    """Press Tab until something has the focus."""
    for _ in range(MOST):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def press(page, selector, key="Enter"):
    """Tab to something and press it; waits for the page that it leads to."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press(key)


def test_an_asker_asks_and_chooses(site, world, open_page):
    page = open_page()
    page.goto(f"{site.address}/en/")
    tab_to(page, "textarea[name=text]")
    page.keyboard.type("Nghe nói cầu treo bản mình sắp tháo, có thật không")
    press(page, "form[action$='/ask/'] button:not([type=button])")
    expect(page.locator(".receipt-code")).to_be_visible()

    page.goto(f"{site.address}/en/r/{world['codes']['maybe-keys']}/")
    press(page, ".choice button[value=no]")
    press(page, ".choice button[value=yes]")
    expect(page.locator("article.answer h2.claim")).to_contain_text("Phí gửi xe")


def test_a_checker_signs_in(site, open_page):
    page = open_page(width=DESKTOP[0])
    page.goto(f"{site.address}/en/account/login/")
    tab_to(page, "input[name=login]") if not page.evaluate(f"{CURRENT}.matches('input[name=login]')") else None
    page.keyboard.type(site.people["checker"].email)
    tab_to(page, "input[name=password]")
    page.keyboard.type(site.people["checker"].password)
    press(page, "form button[type=submit]")
    expect(page.locator("main h1")).to_have_text("Queue")


def test_a_checker_takes_a_case_and_hands_a_draft_in(world, at):
    page = at("queue-checker")
    title = "Ghế đá công viên bị dời đi hết trong tuần này"
    for _ in range(MOST):
        page.keyboard.press("j")
        if title in page.evaluate(f"{CURRENT}.textContent"):
            break
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text(title)
    with page.expect_navigation():
        page.keyboard.press("a")
    tab_to(page, "input[name=nature]")
    page.keyboard.press("Space")
    press(page, "form:has([name=nature]) button:not([type=button])")
    with page.expect_navigation():
        page.keyboard.press("w")

    page.wait_for_url(re.compile("/edit/"))
    fields = {
        "[name=claim]": "Ghế đá công viên bị dời đi hết",
        "[name=verdict]": None,
        "[name=summary]": "Chỉ dời ba chiếc để lát lại lối đi, công viên đã thông báo.",
        "[name=body]": "Ba chiếc ghế ở cổng nam được dời. Cuối tháng đặt lại.",
        "[name=source-0-url]": "https://cong-vien.example/thong-bao",
        "[name=source-0-title]": "Thông báo lát lối đi",
        "[name=source-0-publisher]": "Ban công viên",
        "[name=source-0-interest]": "independent",
        "[name=source-1-url]": "https://bao.example/ghe-da",
        "[name=source-1-title]": "Dời ghế để lát đường",
        "[name=source-1-publisher]": "Báo phố",
        "[name=source-1-interest]": "independent",
        "[name=topic]": "everyday",
    }
    for selector, text in fields.items():
        write(page, selector, text)
    with page.expect_navigation():
        press_in_form(page)
    expect(page.locator("main .state-submitted")).to_be_visible()


def write(page, selector, text):
    """Tab on to a field and fill it as its kind wants."""
    tab_to(page, selector)
    kind = page.evaluate(f"{CURRENT}.type")
    if kind == "radio":
        page.keyboard.press("Space")
    elif kind == "select-one":
        option = page.evaluate(f"value => [...{CURRENT}.options].findIndex(one => one.value === value)", text)
        for _ in range(option - page.evaluate(f"{CURRENT}.selectedIndex")):
            page.keyboard.press("ArrowDown")
    else:
        page.keyboard.insert_text(text)


def press_in_form(page):
    tab_to(page, "button[name=submit]")
    page.keyboard.press("Enter")


PLACES = [
    "home",
    "check",
    "checks",
    "report",
    "receipt-maybe",
    "login",
    "codes",
    "queue-checker",
    "case-open-editor",
    "draft-sent-back",
    "check-in-review-editor",
    "people",
    "page",
]


@pytest.mark.parametrize("name", PLACES)
def test_tab_leads_through_the_whole_page_and_back(at, name):
    page = at(name)
    count = page.evaluate("""() => {
        const stops = probes.stops();
        stops.forEach((el, at) => { el.dataset.stop = at; });
        document.activeElement.blur();
        window.getSelection().removeAllRanges();
        return stops.length;
    }""")
    page.evaluate("document.body.setAttribute('tabindex', '-1'); document.body.focus()")
    reached = []
    while len(reached) < count:
        page.keyboard.press("Tab")
        stop = page.evaluate(f"[{CURRENT}.dataset.stop ?? {CURRENT}.outerHTML.slice(0, 120), {CURRENT}.type]")
        if not (stop[1] == "date" and reached[-1:] == stop[:1]):  # day, month and year are stops of their own
            reached.append(stop[0])
    assert reached == [str(at) for at in range(count)]
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(f"{CURRENT}.dataset.stop") == str(count - 2)


@pytest.mark.parametrize("name", ["home", "check", "login", "404", "queue-checker", "case-open-checker"])
def test_the_skip_link_leads_into_the_page(at, name):
    page = at(name)
    page.evaluate(f"{CURRENT}.blur()")
    page.evaluate("document.body.setAttribute('tabindex', '-1'); document.body.focus()")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(f"{CURRENT}.closest('main, footer') !== null")


@pytest.mark.parametrize(("name", "menu"), [("home", "details.menu"), ("queue-editor-all", "details.desk-more")])
def test_a_menu_opens_and_gives_the_focus_back(at, name, menu):
    page = at(name, width=390)
    tab_to(page, f"{menu} > summary")
    page.keyboard.press("Enter")
    expect(page.locator(f"{menu}[open]")).to_have_count(1)
    page.keyboard.press("Tab")
    assert page.evaluate(f"menu => {CURRENT}.closest(menu) !== null", menu)
    page.keyboard.press("Escape")
    expect(page.locator(f"{menu}[open]")).to_have_count(0)
    expect(page.locator(f"{menu} > summary")).to_be_focused()


def test_the_help_on_shortcuts_gives_the_focus_back(at):
    page = at("queue-checker")
    page.keyboard.press("j")
    row = page.evaluate(f"{CURRENT}.href")
    page.keyboard.press("?")
    help_ = page.locator("#shortcuts")
    expect(help_).to_be_visible()
    assert page.evaluate(f"{CURRENT}.closest('dialog') !== null")
    for _ in range(4):  # nothing behind it is reached
        page.keyboard.press("Tab")
        assert page.evaluate(f"{CURRENT} === document.body || {CURRENT}.closest('dialog') !== null")
    page.keyboard.press("Escape")
    expect(help_).not_to_be_visible()
    assert page.evaluate(f"{CURRENT}.href") == row


def test_the_help_opened_from_the_menu_gives_the_focus_to_the_menu(at):
    page = at("queue-checker")
    tab_to(page, ".user-menu > summary")
    page.keyboard.press("Enter")
    tab_to(page, "[data-open=shortcuts]")
    page.keyboard.press("Enter")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).not_to_be_visible()
    expect(page.locator(".user-menu > summary")).to_be_focused()


def test_shortcuts_of_the_desk(at):
    page = at("queue-checker")
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("tbody input[name=case]:checked")).to_have_count(1)
    expect(page.locator("[data-bulk-count]")).to_have_text("1")
    page.keyboard.press("x")
    expect(page.locator("tbody input[name=case]:checked")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.locator("#desk-q")).to_be_focused()
    page.keyboard.press("j")  # a letter in a field is a letter
    expect(page.locator("#desk-q")).to_have_value("j")
    page.keyboard.press("Escape")
    for keys, heading in (("gr", "Review"), ("gc", "Fact-checks"), ("gq", "Queue")):
        with page.expect_navigation():
            for key in keys:
                page.keyboard.press(key)
        expect(page.locator("main h1")).to_have_text(heading)
