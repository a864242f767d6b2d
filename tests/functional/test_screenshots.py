"""Walks the screens that docs/how-to shows; takes their pictures when asked (`make screenshots`).

Without KIEMTIN_SCREENSHOTS nothing is written: the walk still has to get to each screen.
"""

import io
import os
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.functional.conftest import running_site
from tests.functional.steps import go_by, press, wait_until

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "how-to" / "images"
PICTURES = {
    "ask-field",
    "ask-answer",
    "ask-one-of-these",
    "ask-nothing-yet",
    "ask-tell-me",
    "ask-receipt",
    "ask-mail",
    "ask-corrected",
    "check-queue",
    "check-case",
    "check-messages",
    "check-draft",
    "check-sources",
    "check-ready",
    "check-remarks",
    "review-list",
    "review-check",
    "review-publish",
    "review-public-page",
    "review-difference",
    "desk-pages",
    "desk-people",
}
MOST_BYTES = 200_000

DOUBT = "nghe noi an tom xong uong vitamin C la chet, dung ko moi nguoi?"
UNSURE = "cài VNeID qua link Zalo"
# Near a message of the sample questions, so that it joins that message's case.
MESSAGE = (
    "KHẨN: từ tối thứ sáu toàn thành phố cúp điện ba ngày liền để sửa lưới, bà con tích trữ nước và gạo. "
    "Ai cần gạo gọi chị Ba 0938 765 432"
)
ADDRESS = "nguoi-hoi@example.org"
CLAIM = "Toàn thành phố cúp điện ba ngày liền để sửa lưới điện"
SUMMARY = "Không có lịch cúp điện nào như vậy. Điện lực và báo đều nói chỉ cắt từng khu, vài giờ, có báo trước."
BODY = (
    "## Tin nhắn nói gì\n\nTin được chuyển tiếp trong các nhóm dân cư, không ghi nguồn.\n\n"
    "## Chúng tôi đã kiểm tra gì\n\nLịch ngừng cấp điện trong tháng có **bảy đợt**, mỗi đợt vài giờ ở một khu."
)
MENDED = "Không có lịch cúp điện nào như vậy. Trong tháng có bảy đợt cắt, mỗi đợt vài giờ ở một khu, có báo trước."
CORRECTED = "Không có lịch cúp điện nào như vậy. Trong tháng có tám đợt cắt, mỗi đợt vài giờ ở một khu, có báo trước."
REMARKS = "Xin ghi rõ trong tháng có bao nhiêu đợt cắt điện: người đọc sẽ hỏi ngay."
NOTE = "Bản trước viết bảy đợt cắt điện trong tháng. Con số đúng là tám."
SOURCES = (
    {
        "url": "https://example.org/lich-cat-dien",
        "title": "Lịch ngừng cấp điện trong tháng",
        "publisher": "Điện lực thành phố",
        "kind": "primary",
        "interest": "party",
        "shows": "Mỗi đợt cắt chỉ vài giờ ở một khu.",
    },
    {
        "url": "https://example.org/cup-dien",
        "title": "Không có chuyện cúp điện ba ngày",
        "publisher": "Báo Thành Phố",
        "kind": "secondary",
        "interest": "independent",
        "shows": "Phóng viên đã hỏi từng khu và đối chiếu với lịch.",
    },
)
DESK = "/en/desk/mau/"


class Album:
    """Takes pictures into a folder, or only notes that their screens were reached."""

    def __init__(self, folder):
        self.folder, self.taken = folder, set()

    def take(self, page, name, at=None):
        """Take what the window shows, with something at its upper edge."""
        assert name in PICTURES - self.taken
        self.taken.add(name)
        page.evaluate("document.activeElement.blur(); document.querySelectorAll('.toast').forEach(one => one.remove())")
        if at:
            page.locator(at).first.evaluate("part => { part.scrollIntoView(); scrollBy(0, -72); }")
        else:
            page.evaluate("scrollTo(0, 0)")
        page.evaluate("document.fonts.ready.then(() => true)")
        if self.folder:
            # As it is: to stop animations playwright would add a style, which the site refuses (its policy).
            picture = page.screenshot(animations="allow", caret="initial")
            (self.folder / f"{name}.png").write_bytes(in_few_colours(picture))


def in_few_colours(picture):
    """Return a PNG with a palette of 256 colours: a third of the size, and no difference that one sees."""
    with Image.open(io.BytesIO(picture)) as image, io.BytesIO() as file:
        image.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        return file.getvalue()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of its own: what other tests publish would answer the questions of these screens."""
    with running_site(tmp_path_factory.mktemp("screens")) as site:
        yield site


@pytest.fixture
def album():
    folder = os.environ.get("KIEMTIN_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Album(Path(folder).absolute() if folder else None)


@pytest.fixture
def asker(open_page):
    """Open a phone whose network has used up no limit."""
    return open_page(reduced_motion="reduce", extra_http_headers={"X-Forwarded-For": "192.0.2.201"})


@pytest.fixture
def at_desk(sign_in):
    """Sign a person in at a desktop's width, in English."""
    return lambda role: sign_in(role, width=1280, height=800, locale="en-GB", reduced_motion="reduce")


def ask(page, site, text):
    page.goto(site.address)
    page.fill("#ask-text", text)
    page.click("form.ask button:not([type=button])")
    page.wait_for_url(re.compile(r"/r/[0-9A-Z]{10}/"))


def fill_source(page, at, source):
    part = page.locator("fieldset.source-form").nth(at)
    for name in ("url", "title", "publisher", "shows"):
        part.locator(f"[name$=-{name}]").fill(source[name])
    for name in ("kind", "interest"):
        part.locator(f"[name$=-{name}][value={source[name]}]").check()
    part.locator("[name$=-accessed]").fill("2026-11-20")


def test_each_screen_of_the_how_to_pages_is_reached(site, album, asker, at_desk, open_page):  # noqa: PLR0915  (one story)
    # An asker on a phone: answered at once, asked back, nothing yet.
    asker.goto(site.address)
    asker.fill("#ask-text", DOUBT)
    album.take(asker, "ask-field")
    ask(asker, site, DOUBT)
    expect(asker.locator(".answer-word")).to_be_visible()
    album.take(asker, "ask-answer")
    ask(asker, site, UNSURE)
    expect(asker.locator(".choice").first).to_be_visible()
    album.take(asker, "ask-one-of-these")
    ask(asker, site, MESSAGE)
    receipt = asker.url
    expect(asker.locator("#tell-address")).to_be_visible()
    expect(asker.locator(".answer, .choice")).to_have_count(0)
    expect(asker.locator("main")).not_to_contain_text("0938")
    album.take(asker, "ask-nothing-yet")
    asker.fill("#tell-address", ADDRESS)
    album.take(asker, "ask-tell-me", at="#tell")
    go_by(asker, asker.locator("#tell form button").click)
    expect(asker.locator("#tell input")).to_have_count(0)

    # A checker takes the case and writes.
    checker = at_desk("checker")
    case = checker.locator("a.row-title", has_text="toàn thành phố cúp điện")
    wait_until(checker, lambda: case.count() > 0, f"{site.address}{DESK}")
    album.take(checker, "check-queue")
    go_by(checker, case.first.click)
    case_page = checker.url
    wait_until(checker, lambda: checker.locator("main", has_text="chị Ba").count() > 0, case_page)
    press(checker, "Take it")
    checker.check("input[name=nature][value=fact]")
    album.take(checker, "check-case")
    press(checker, "It can be checked")
    album.take(checker, "check-messages", at="#messages")
    press(checker, "Start the fact-check")
    checker.wait_for_url("**/edit/")
    checker.fill("#id_claim", CLAIM)
    checker.check("input[name=verdict][value=false]", force=True)
    checker.fill("#id_summary", SUMMARY)
    expect(checker.locator("#saved")).to_contain_text("Saved at")
    album.take(checker, "check-draft")
    checker.fill("#id_body", BODY)
    checker.select_option("#id_topic", "everyday")
    for at, source in enumerate(SOURCES):
        fill_source(checker, at, source)
    album.take(checker, "check-sources", at="#sources")
    expect(checker.locator("#draft-side")).to_contain_text("Nothing is missing.")
    album.take(checker, "check-ready")
    press(checker, "Submit for review")
    checker.wait_for_url(re.compile(r"/checks/\d+/$"))
    check_page = checker.url

    # An editor sends it back, the checker mends it, the editor approves and publishes.
    editor = at_desk("editor")
    editor.goto(f"{site.address}{DESK}review/")
    album.take(editor, "review-list")
    editor.get_by_role("link", name=CLAIM).click()
    editor.fill("#remarks", REMARKS)
    album.take(editor, "review-check")
    press(editor, "Send back")
    checker.goto(f"{check_page}edit/")
    expect(checker.get_by_text(REMARKS)).to_be_visible()
    album.take(checker, "check-remarks")
    checker.fill("#id_summary", MENDED)
    press(checker, "Submit for review")
    checker.wait_for_url(check_page)
    editor.goto(check_page)
    press(editor, "Approve")
    expect(editor.get_by_role("button", name="Publish", exact=True)).to_be_visible()
    album.take(editor, "review-publish")
    press(editor, "Publish")
    expect(editor.get_by_text("Published. Everyone who asked is told.")).to_be_visible()

    # The receipt and the mail carry the answer; the public page shows it.
    asker.goto(receipt)
    expect(asker.locator("main")).to_contain_text(MENDED)
    album.take(asker, "ask-receipt")
    (mail,) = site.inbox.wait(ADDRESS)
    album.take(shown(mail, open_page(), site), "ask-mail")
    asker.goto(f"{site.address}/checks/{re.search('checks/([0-9]+)/', check_page)[1]}/")
    expect(asker.locator("h1")).to_contain_text(CLAIM)
    album.take(asker, "review-public-page")

    # A correction: the editor sees what changes, the asker is told.
    checker.goto(check_page)
    press(checker, "Correct")
    checker.wait_for_url("**/edit/")
    checker.fill("#id_summary", CORRECTED)
    checker.fill("#id_note", NOTE)
    press(checker, "Submit for review")
    checker.wait_for_url(check_page)
    editor.goto(check_page)
    expect(editor.locator("ins", has_text="tám")).to_be_visible()
    album.take(editor, "review-difference")
    press(editor, "Approve")
    press(editor, "Publish the correction")
    expect(editor.get_by_text("Published. Everyone who asked is told.")).to_be_visible()
    asker.goto(receipt)
    expect(asker.locator("main")).to_contain_text(NOTE)
    album.take(asker, "ask-corrected", at=".answer .lead-ink")

    # The desk's own pages and its people.
    administrator = at_desk("administrator")
    administrator.goto(f"{site.address}{DESK}pages/")
    album.take(administrator, "desk-pages")
    administrator.goto(f"{site.address}{DESK}people/")
    album.take(administrator, "desk-people")
    assert album.taken == PICTURES


def shown(mail, page, site):
    """Show a mail as a mail program would."""
    page.set_content(mail.get_body(("html",)).get_content().replace(site.address, "https://kiemtin.example"))
    return page


def test_each_picture_is_there_small_and_shown_on_a_page():
    found = {path.stem: path.stat().st_size for path in IMAGES.iterdir()}
    assert found.keys() == PICTURES
    assert {name for name, size in found.items() if size > MOST_BYTES} == set()
    pages = [ROOT / "README.md", *(ROOT / "docs" / "how-to").glob("*.md")]
    shown = {name for page in pages for name in re.findall(r"images/([\w-]+)\.png", page.read_text(encoding="utf-8"))}
    assert shown == PICTURES
