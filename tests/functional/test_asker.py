"""The asker in a real Chromium: without JavaScript, from the share sheet, without a network."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests import databases
from tests.functional.steps import go_by

RECEIPT = re.compile(r"/r/[0-9A-Z]{10}/")
ANSWERED = (
    "Ngân hàng nhắn tài khoản của bạn bị khóa, bấm vào đường link để mở lại",
    "Tài khoản ngân hàng của bạn bị khóa, bấm vào đường link để mở lại",
)
ASKED_BACK = (
    "cài VNeID qua link Zalo",
    "ngân hàng gọi bảo đọc mã OTP",
    "Cô giáo dặn phụ huynh đừng cho con ăn kẹo trước giờ học vì ăn ngọt vào là tăng động",
    "evn gọi báo nợ tiền điện 3 tháng, 30p nữa cắt điện, bắt ck liền",
)
UNKNOWN = "Bà con lưu ý, tối mai đội múa lân xã mình tập ở sân đình lúc 8 giờ, ai hỏi gọi 0912 345 678"


@pytest.fixture
def asker(site, open_page):
    """Open a page as somebody else than before, who has used up no limit."""
    with databases.opened(site.data) as database:
        database.execute("DELETE FROM questions_bucket")
    return lambda **options: open_page(user_agent=f"Phone/{next(_numbers)} Chrome", **options)


_numbers = itertools.count(1)


def ask(page, site, text, prefix=""):
    page.goto(f"{site.address}{prefix}/")
    page.fill("#ask-text", text)
    page.click("form.ask button:not([type=button])")
    page.wait_for_url(RECEIPT)
    return page


def ask_until(page, site, texts, shown, prefix=""):
    """Ask until something of this kind is shown."""
    for text in texts:
        ask(page, site, text, prefix)
        if page.locator(shown).count():
            return page
    raise AssertionError(f"none of {len(texts)} messages shows {shown}")


def controlled(page, address):
    """Open a page that the service worker already stands behind."""
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    assert page.evaluate("Boolean(navigator.serviceWorker.controller)")


def without_network(page):
    """Cut the page and its service worker off."""
    page.context.set_offline(True)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_who_asks_without_javascript_has_the_answer_on_the_same_screen(site, asker, prefix):
    page = ask_until(asker(java_script=False), site, ANSWERED, ".answer-word", prefix)
    answer = page.locator(".answer")
    expect(answer.locator(".answer-word")).to_have_text({"": "Lừa đảo", "/en": "Scam"}[prefix])
    assert answer.locator(".sources li").count() >= 2
    expect(answer.locator(".answer-foot")).to_contain_text({"": "Người duyệt", "/en": "approved by"}[prefix])
    # The verdict is on the first screen of a phone.
    assert answer.locator(".answer-word").bounding_box()["y"] < 400
    where = page.url
    page.reload()
    assert page.url == where
    go_by(page, page.locator(".answer-foot a").first.click)
    expect(page.locator("h1")).to_be_visible()
    page.go_back()
    assert page.url == where


def test_is_it_one_of_these_then_yes(site, asker):
    page = ask_until(asker(java_script=False), site, ASKED_BACK, ".choice")
    claim = page.locator(".choice h2").first.inner_text()
    assert page.locator(".choice").count() <= 3
    go_by(page, page.locator(".choice button[value=yes]").first.click)
    expect(page.locator(".answer .claim")).to_have_text(claim)


def test_is_it_one_of_these_then_none(site, asker):
    page = ask_until(asker(java_script=False), site, ASKED_BACK[::-1], ".choice")
    go_by(page, page.locator("button[value=none]").click)
    expect(page.locator(".choice")).to_have_count(0)
    expect(page.locator("h1")).to_contain_text("Chưa ai kiểm chứng")


def test_where_nothing_fits_the_code_leads_back(site, asker):
    page = ask(asker(), site, UNKNOWN)
    expect(page.locator(".message")).to_contain_text("số điện thoại")
    expect(page.locator("main")).not_to_contain_text("0912")
    code = page.locator(".receipt-code").inner_text()
    other = asker(java_script=False)
    other.goto(f"{site.address}/r/")
    other.fill("#code", code.lower())
    other.click("main form button")
    expect(other.locator(".receipt-code")).to_have_text(code)


def test_an_open_page_shows_the_answer_by_itself(site, asker):
    page = asker()
    page.clock.install()
    ask_until(page, site, ASKED_BACK, ".choice")
    elsewhere = asker(java_script=False)
    elsewhere.goto(page.url)
    go_by(elsewhere, elsewhere.locator(".choice button[value=yes]").first.click)
    expect(page.locator(".answer")).to_have_count(0)
    with page.expect_response(lambda response: "seen=" in response.url):
        page.clock.fast_forward(21_000)
    expect(page.locator(".answer-word")).to_be_visible()
    expect(page.locator("#live-state")).to_contain_text("Trang này có tin mới")
    expect(page.locator("#state")).not_to_have_attribute("hx-get", re.compile("."))


def test_an_empty_field_keeps_its_place_and_says_what_is_wrong(site, asker):
    page = asker(java_script=False)
    page.goto(site.address)
    page.fill("#ask-text", "   ")
    page.click("form.ask button:not([type=button])")
    expect(page.locator("#ask-error")).to_be_visible()


def test_what_a_phone_shares_is_one_tap_from_being_asked(site, asker):
    page = asker()
    page.goto(site.address)
    manifest = page.evaluate("fetch(document.querySelector('link[rel=manifest]').href).then(r => r.json())")
    target = manifest["share_target"]
    with page.expect_navigation():
        page.evaluate(
            """({action, method, enctype, params}) => {
                const form = document.createElement("form");
                Object.assign(form, {action, method, enctype});
                const values = {title: "Chuyển tiếp", text: "Uống nước chanh nóng khỏi ung thư", url: ""};
                for (const [key, name] of Object.entries(params)) {
                    const field = document.createElement("input");
                    Object.assign(field, {type: "hidden", name, value: values[key]});
                    form.append(field);
                }
                document.body.append(form);
                form.submit();
            }""",
            target,
        )
    expect(page.locator("#ask-text")).to_have_value("Chuyển tiếp\nUống nước chanh nóng khỏi ung thư")
    assert "chanh" not in page.url
    page.click("form.ask button:not([type=button])")
    page.wait_for_url(RECEIPT)


@pytest.mark.parametrize(("prefix", "said"), [("", "Bạn đang ngoại tuyến"), ("/en", "You are offline")])
def test_without_a_network_it_says_so_and_loses_nothing(site, asker, prefix, said):
    page = asker()
    controlled(page, f"{site.address}{prefix}/")
    page.fill("#ask-text", UNKNOWN)
    without_network(page)
    page.click("form.ask button:not([type=button])")
    expect(page.locator("h1")).to_have_text(said)
    expect(page.locator("[data-drafted]")).to_be_visible()
    expect(page.locator("#ask-text")).to_have_value(UNKNOWN)
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Be Vietnam Pro"')
    # It lies nowhere else any more, and goes out when there is a network again.
    assert page.evaluate("caches.open('kiemtin-draft').then(c => c.keys()).then(k => k.length)") == 0
    page.context.set_offline(False)
    page.click("form.ask button:not([type=button])")
    page.wait_for_url(RECEIPT)


def test_without_a_network_a_page_that_is_opened_says_so(site, asker):
    page = asker()
    controlled(page, f"{site.address}/")
    without_network(page)
    page.goto(f"{site.address}/checks/")
    expect(page.locator("h1")).to_have_text("Bạn đang ngoại tuyến")
    expect(page.locator("[data-drafted]")).to_be_hidden()
