"""The whole story, in a real Chromium against the real server, with real mail: from a doubt to everyone being told.

asker asks → nothing fits → checker drafts → editor sends back → checker mends → editor approves and publishes → the
asker's receipt shows the answer and the mail carries it → a second asker with a mangled copy gets it at once →
correction → both are told.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.functional.steps import go_by, press, wait_until

# A number of its own: what shares one with another message is looked at together with it.
MESSAGE = (
    "Khẩn: từ thứ hai tuần sau mọi cây xăng trong tỉnh đóng cửa mười ngày để kiểm kê, bà con đổ đầy bình ngay hôm nay, "
    "ai cần hỏi gọi anh Tư 0987 321 654"
)
# As it comes back after being forwarded: no diacritics, other punctuation, something before it, the number gone.
MANGLED = (
    "[chuyen tiep] Khan!!! tu thu hai tuan sau moi cay xang trong tinh dong cua muoi ngay de kiem ke, "
    "ba con do day binh ngay hom nay nhe moi nguoi"
)
CLAIM = "Mọi cây xăng trong tỉnh đóng cửa mười ngày để kiểm kê"
SUMMARY = "Không có lệnh đóng cửa nào. Sở quản lý và hiệp hội xăng dầu đều nói các cây xăng vẫn bán."
MENDED = "Không có lệnh đóng cửa nào: hiệp hội xăng dầu và mười cây xăng được hỏi đều vẫn bán."
CORRECTED = "Không có lệnh đóng cửa nào: hiệp hội xăng dầu và mười hai cây xăng được hỏi đều vẫn bán."
NOTE = "Bản trước viết mười cây xăng được hỏi. Con số đúng là mười hai."
REMARKS = "Xin ghi rõ đã hỏi bao nhiêu cây xăng."
DESK = "/en/desk/mau/"


def ask(page, site, text):
    page.goto(site.address)
    page.fill("#ask-text", text)
    page.click("form.ask button:not([type=button])")
    page.wait_for_url(re.compile(r"/r/[0-9A-Z]{5}-?[0-9A-Z]{5}"))
    return page.url


def leave_address(page, address):
    page.fill("#tell-address", address)
    go_by(page, page.locator("#tell form button").click)
    expect(page.locator("#tell input")).to_have_count(0)


def fill_source(page, at, *, url, title, publisher, interest):
    source = page.locator("fieldset.source-form").nth(at)
    source.locator("input[name$=-url]").fill(url)
    source.locator("input[name$=-title]").fill(title)
    source.locator("input[name$=-publisher]").fill(publisher)
    source.locator(f"input[name$=-interest][value={interest}]").check()


@pytest.fixture
def desk(sign_in):
    """Sign a person in at a desktop's width, in English."""
    return lambda role: sign_in(role, width=1280, height=900, locale="en-GB")


def test_from_a_doubt_to_everyone_being_told(site, open_page, desk):  # noqa: PLR0915  (it is one story)
    # An asker on a phone, without an account and without JavaScript.
    asker = open_page(java_script=False)
    receipt = ask(asker, site, MESSAGE)
    expect(asker.locator(".receipt-code")).to_be_visible()
    expect(asker.locator(".answer-word")).to_have_count(0)
    expect(asker.locator("main")).not_to_contain_text("0987")
    leave_address(asker, "nguoi-hoi@example.org")

    # A checker finds it in the queue, answers the first question and writes.
    checker = desk("checker")
    case_link = checker.get_by_role("link", name=re.compile("mọi cây xăng trong tỉnh"))
    expect(checker.locator("h1")).to_be_visible()
    wait_until(checker, lambda: case_link.count() > 0, f"{site.address}{DESK}")
    case_link.first.click()
    checker.check("input[name=nature][value=fact]")
    press(checker, "It can be checked")
    press(checker, "Start the fact-check")
    checker.wait_for_url("**/edit/")
    expect(checker.get_by_text("Name at least two different sources.")).to_be_visible()
    checker.fill("#id_claim", CLAIM)
    checker.check("input[name=verdict][value=false]", force=True)
    checker.fill("#id_summary", SUMMARY)
    checker.fill("#id_body", "Chúng tôi đã hỏi **hiệp hội** và các cây xăng trong tỉnh.")
    checker.select_option("#id_topic", "everyday")
    fill_source(checker, 0, url="https://example.org/hiep-hoi", title="Trả lời", publisher="Hiệp hội", interest="party")
    fill_source(checker, 1, url="https://example.org/bao", title="Vẫn bán", publisher="Báo", interest="independent")
    # Everything was saved while it was written.
    expect(checker.locator("#saved")).to_contain_text("Saved at")
    expect(checker.locator("#draft-side")).to_contain_text("Nothing is missing.")
    press(checker, "Submit for review")
    checker.wait_for_url(re.compile(r"/checks/\d+/$"))
    check_page = checker.url
    expect(checker.get_by_role("button", name="Approve", exact=True)).to_have_count(0)

    # The asker sees that it moves.
    asker.goto(receipt)
    expect(asker.locator("main")).to_contain_text(re.compile("biên tập viên", re.IGNORECASE))

    # An editor sends it back, the checker mends it, the editor approves and publishes.
    editor = desk("editor")
    editor.goto(f"{site.address}{DESK}review/")
    editor.get_by_role("link", name=CLAIM).click()
    editor.fill("#remarks", REMARKS)
    press(editor, "Send back")
    checker.goto(check_page)
    expect(checker.get_by_text(REMARKS)).to_be_visible()
    checker.goto(f"{check_page}edit/")
    checker.fill("#id_summary", MENDED)
    press(checker, "Submit for review")
    checker.wait_for_url(check_page)
    editor.goto(check_page)
    expect(editor.get_by_text(MENDED)).to_be_visible()
    press(editor, "Approve")
    press(editor, "Publish")
    expect(editor.get_by_text("Published. Everyone who asked is told.")).to_be_visible()

    # The receipt shows the answer, and the mail carries it.
    asker.goto(receipt)
    expect(asker.locator(".answer-word")).to_contain_text("Sai")
    expect(asker.locator("main")).to_contain_text(MENDED)
    (mail,) = site.inbox.wait("nguoi-hoi@example.org")
    text = mail.get_body(("plain",)).get_content()
    assert "SAI" in text
    assert CLAIM in text
    assert MENDED in text
    assert receipt.rsplit("/r/", 1)[1].strip("/").replace("-", "") in text.replace("-", "")
    assert "0987" not in mail.as_string()

    # A second asker with a mangled copy gets it at once.
    second = open_page()
    wait_for_search(second, site, CLAIM)
    second_receipt = ask(second, site, MANGLED)
    assert second_receipt != receipt
    expect(second.locator(".answer-word")).to_contain_text("Sai")
    expect(second.locator("main")).to_contain_text(CLAIM)
    leave_address(second, "nguoi-thu-hai@example.org")

    # A correction: both are told, and the page says what changed.
    checker.goto(check_page)
    press(checker, "Correct")
    checker.wait_for_url("**/edit/")
    checker.fill("#id_summary", CORRECTED)
    checker.fill("#id_note", NOTE)
    press(checker, "Submit for review")
    checker.wait_for_url(check_page)
    editor.goto(check_page)
    expect(editor.locator("ins", has_text="hai")).to_be_visible()
    press(editor, "Approve")
    press(editor, "Publish the correction")
    expect(editor.get_by_text("Published. Everyone who asked is told.")).to_be_visible()
    for address, count in (("nguoi-hoi@example.org", 2), ("nguoi-thu-hai@example.org", 1)):
        mail = site.inbox.wait(address, count)[-1]
        text = mail.get_body(("plain",)).get_content()
        assert NOTE in text
        assert CORRECTED in text
    for page, where in ((asker, receipt), (second, second_receipt)):
        page.goto(where)
        expect(page.locator("main")).to_contain_text(NOTE)
        expect(page.locator("main")).to_contain_text(CORRECTED)
    asker.goto(f"{site.address}/corrections/")
    expect(asker.locator("main")).to_contain_text(NOTE)
    assert len(site.inbox.to("nguoi-hoi@example.org")) == 2
    assert len(site.inbox.to("nguoi-thu-hai@example.org")) == 1


def wait_for_search(page, site, claim):
    """Wait until the index has followed the publication."""
    link = page.get_by_role("link", name=claim)
    wait_until(page, lambda: link.count() > 0, f"{site.address}/checks/?q={claim}")
