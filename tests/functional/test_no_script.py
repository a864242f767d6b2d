"""Asking and reading need no JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.functional.steps import go_by, wait_until

pytestmark = pytest.mark.once


@pytest.fixture
def plain(site, open_page):
    """Open a page in a browser that runs no script; it comes from an address of its own."""

    def plain(path):
        page = open_page(java_script=False, extra_http_headers={"X-Forwarded-For": "192.0.2.30"})
        page.goto(f"{site.address}/en{path}")
        return page

    return plain


def ask(page, text):
    page.fill("[name=text]", text)
    page.click("form[action$='/ask/'] button:not([type=button])")


def test_what_was_checked_is_answered_at_once(plain, world):
    page = plain("/checks/")
    claim = page.locator(".card-title a").first.inner_text()
    page.goto(page.url.replace("/checks/", "/"))
    ask(page, claim)
    expect(page.locator("article.answer .answer-word")).to_be_visible()
    expect(page.locator("article.answer .source-title").first).to_be_visible()
    page.click("article.answer a:has-text('Read the whole fact-check')")
    expect(page.locator("main h1")).to_contain_text(claim)


def test_what_was_not_checked_gets_a_receipt(site, plain):
    page = plain("/")
    ask(page, "Nghe đâu hội chợ hoa năm nay dời sang sân vận động cũ")
    code = page.locator(".receipt-code").inner_text()
    page.fill("[name=address]", "khong-script@e2e.example")
    page.click("form[action*='/address/'] button")
    expect(page.get_by_text("You are told by mail")).to_be_visible()
    page.goto(f"{site.address}/en/r/")
    page.fill("[name=code]", code.lower().replace("-", " "))
    page.click("main form button")
    expect(page.locator(".receipt-code")).to_have_text(code)
    page.click("form[action$='/forget/'] button")
    expect(page.locator("main h1")).to_have_text("Your address is deleted")


def test_one_says_which_it_is(site, plain, world):
    page = plain(f"/r/{world['codes']['maybe-plain']}/")
    assert page.locator(".choice").count() == 2
    page.locator(".choice").nth(0).get_by_role("button", name="Yes").click()
    expect(page.locator("article.answer")).to_be_visible()


def test_one_finds_a_check(plain):
    page = plain("/checks/")
    page.fill("main form[role=search] [name=q], main [name=q]", "nước máy bị cắt")
    go_by(page, lambda: page.press("main [name=q]", "Enter"))
    found = page.locator(".card-title", has_text="Nước máy bị cắt")
    wait_until(page, lambda: found.count() > 0, page.url)  # the index follows what was published


def test_one_reports_an_error(plain, world):
    page = plain(f"/checks/{world['checks']['published']}/report/")
    page.click("main form button")
    expect(page.locator("main .error").first).to_be_visible()
    page.fill("main form [name=text]", "Ngày ở đoạn một sai.")
    page.click("main form button")
    page.wait_for_url("**/report/thanks/")


@pytest.mark.parametrize("path", ["/", "/checks/{checks[published]}/", "/r/{codes[open]}/", "/r/{codes[answered]}/"])
def test_nothing_is_offered_that_does_nothing(plain, world, path):
    """What only a script can do stays hidden without one."""
    page = plain(path.format(**world))
    idle = page.locator("button[type=button], [data-theme-switch]")
    assert [one for one in idle.all() if one.is_visible()] == []


def test_the_menu_opens(plain):
    page = plain("/")
    page.click("details.menu > summary")
    page.click("details.menu nav a >> nth=0")
    expect(page.locator("main h1")).to_have_text("Fact-checks")
