import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.media.page_text import LARGEST, LONGEST_TEXT, MOST_TAGS, PageText, page_text

STORY = "Uống nước lá đu đủ mỗi sáng thì ung thư giai đoạn cuối cũng tan hết. " * 8
PAGE = f"""<!doctype html>
<html><head><title>Lá đu đủ – Sức khoẻ</title><meta name="description" content="Tin &amp; thuốc">
</head><body><nav><a href="/">Trang chủ</a></nav><article><h1>Lá đu đủ</h1><p>{STORY}</p></article>
<footer>Bản quyền</footer></body></html>"""


def test_title_description_and_main_text_are_read():
    said = page_text(PAGE.encode(), "text/html")
    assert (said.title, said.description) == ("Lá đu đủ", "Tin & thuốc")
    assert "ung thư giai đoạn cuối" in said.text
    assert "Bản quyền" not in said.text


def test_a_short_page_and_plain_text_are_read_whole():
    assert "Đã bị khoá" in page_text(b"<html><body>" + "Đã bị khoá".encode() + b"</body></html>", "text/html").text
    assert page_text("Một\x07 dòng\n\n  hai ".encode(), "text/plain") == PageText(text="Một dòng\nhai")


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", ""])
def test_what_is_no_text_says_nothing(kind):
    assert page_text(PAGE.encode(), kind) == PageText()


def test_what_looks_packed_is_not_unpacked():
    packed = gzip.compress(PAGE.encode())
    assert "ung thư" not in page_text(packed, "text/html").text
    bomb = gzip.compress(b"<p>" + b"a" * (LARGEST * 4))
    assert len(page_text(bomb, "text/html").text) <= LONGEST_TEXT


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<",
        b"\x00" * 100,
        b"<html" * 5_000,
        b"<div>" * 20_000,
        b"\xff\xfe<\x00h\x00",
        b"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    ],
)
def test_hostile_pages_raise_nothing(body):
    assert page_text(body, "text/html") is not None


@given(st.text(max_size=200))
def test_nothing_raises(text):
    said = page_text(text.encode("utf-8", "surrogatepass"), "text/html")
    assert len(said.title) <= 300


def test_of_a_page_of_endless_tags_the_beginning_is_read():
    page = f"<html><body><article><p>{STORY}" + "<p>a" * MOST_TAGS + "<p>Hết chuyện ở đây."
    said = page_text(page.encode(), "text/html")
    assert "ung thư" in said.text
    assert "Hết chuyện" not in said.text


def test_a_page_of_many_tags_is_read_whole():
    page = f"<html><body><article><p>{STORY}" + "<p>Một đoạn." * 5_000 + "<p>Hết chuyện ở đây."
    assert "Hết chuyện ở đây." in page_text(page.encode(), "text/html").text
