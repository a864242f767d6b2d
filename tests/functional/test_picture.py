"""A picture from a phone's screen to an answer, in a real Chromium, read by the real reader."""

import re

import pytest
from playwright.sync_api import expect

from kiemtin.media.pictures import availability
from tests.functional.test_asker import ANSWERED, asker  # noqa: F401  (a fixture)

pytestmark = pytest.mark.skipif(not availability(), reason="tesseract with Vietnamese is not installed")
PICTURE = re.compile(r"/r/[0-9A-Z]{10}/picture/")
RECEIPT = re.compile(r"/r/[0-9A-Z]{10}/$")
CHAT = """<body style="margin:0;background:#e7e2da;font:17px/1.35 sans-serif;padding:16px">
<p style="background:#fff;border-radius:12px;padding:10px 14px;width:290px">{}</p>
<p style="background:#d3f0c9;border-radius:12px;padding:10px;width:150px;margin-left:9em">Thật không chị?</p></body>"""


@pytest.fixture
def screenshot(browser, tmp_path):
    """A picture of a chat with this text in it."""

    def take(text):
        page = browser.new_page(viewport={"width": 390, "height": 320}, device_scale_factor=2)
        page.set_content(CHAT.format(text))
        path = tmp_path / "chat.png"
        page.screenshot(path=path)
        page.close()
        return path

    return take


def send(page, site, path, prefix=""):
    page.goto(f"{site.address}{prefix}/")
    page.set_input_files("#ask-picture", path)
    page.click("form.ask button:not([type=button])")
    page.wait_for_url(PICTURE)


def test_a_screenshot_is_read_corrected_and_answered_at_once(site, asker, screenshot):  # noqa: F811
    page = asker()
    send(page, site, screenshot(f"{ANSWERED[1]}. Gọi 0903 456 789"))
    code = page.locator(".receipt-code").inner_text()
    field = page.locator("#ask-text")
    expect(field).to_have_value(re.compile(r"Tài khoản ngân hàng của bạn bị\s+khóa"))
    assert "0903" not in field.input_value(), "covered before it is stored"
    expect(page.locator("img.sent-picture")).to_be_visible()
    field.fill(ANSWERED[1])
    page.click("form.ask button:not([type=button])")
    page.wait_for_url(RECEIPT)
    expect(page.locator(".receipt-code")).to_have_text(code)
    expect(page.locator(".verdict, .answer-word, .choice").first).to_be_visible()


def test_without_script_the_page_comes_back_by_itself(site, asker, screenshot):  # noqa: F811
    page = asker(java_script=False)
    send(page, site, screenshot(ANSWERED[0]), prefix="/en")
    expect(page.locator("#ask-text")).to_have_value(re.compile("khóa"))


def test_a_picture_is_pasted_into_the_field_for_text(site, asker, screenshot):  # noqa: F811
    page = asker()
    page.goto(f"{site.address}/")
    page.evaluate(
        """async (bytes) => {
            const data = new DataTransfer();
            data.items.add(new File([new Uint8Array(bytes)], "chat.png", { type: "image/png" }));
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.getElementById("ask-text").dispatchEvent(event);
        }""",
        list(screenshot(ANSWERED[0]).read_bytes()),
    )
    assert page.evaluate("document.getElementById('ask-picture').files[0].name") == "chat.png"


def test_a_file_that_is_no_picture_is_refused_with_what_to_do(site, asker):  # noqa: F811
    page = asker()
    page.goto(f"{site.address}/en/")
    page.set_input_files("#ask-picture", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    page.fill("#ask-text", "Tin này có đúng không")
    page.click("form.ask button:not([type=button])")
    expect(page.locator("#ask-error")).to_contain_text("Take a screenshot of it")
    expect(page.locator("#ask-text")).to_have_value("Tin này có đúng không")
