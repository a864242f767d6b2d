import hashlib

import pytest

from kiemtin.media.copies.text import content_digest, text_of

STORY = "Sở Y tế cho biết không có ca bệnh nào như tin đồn nói. " * 6
PAGE = """<html><head><title>Thông báo</title></head><body><nav>Trang chủ Liên hệ</nav>
<aside class="advert">{advert}</aside><article><h1>Thông báo về tin đồn</h1><p>{story}</p>
<p>Người dân nên xem thông báo chính thức trên trang của sở.</p></article><footer>{advert}</footer></body></html>"""


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "page"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def page(story=STORY, advert="Mua ngay"):
    return PAGE.format(story=story, advert=advert)


def digest(path, media_type="text/html"):
    return content_digest(path, text_of(path, media_type))


def test_the_main_text_is_what_is_kept(file):
    text = text_of(file(page()), "text/html")
    assert STORY.strip() in text
    assert "Mua ngay" not in text
    assert "<" not in text


def test_another_advertisement_is_the_same_page_and_another_sentence_is_not(file):
    before = digest(file(page()))
    assert digest(file(page(advert="Giảm giá 50 %"))) == before
    assert digest(file(page(story=STORY.replace("  ", " ").upper()))) == before
    assert digest(file(page(story=STORY.replace("không có ca", "có ba ca")))) != before


def test_a_page_without_a_main_part_counts_with_all_its_text(file):
    assert "Đã dời sang ngày mai" in text_of(
        file('<html><body><div class="comments">Đã dời sang ngày mai</div></body></html>'), "text/html"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_other_encodings_are_read(file, encoding):
    assert STORY[:30] in text_of(file(page().encode(encoding)), "text/html")


def test_what_is_packed_is_not_unpacked(file):
    """A few kilobytes could become gigabytes."""
    import gzip

    assert STORY[:20] not in text_of(file(gzip.compress(page().encode())), "text/html")


def test_what_is_no_text_is_told_by_its_bytes(file):
    data = b"%PDF-1.7 \x00\xff"
    assert text_of(file(data), "application/pdf") == ""
    assert digest(file(data), "application/pdf") == hashlib.sha256(data).hexdigest()


def test_plain_text_is_text(file):
    assert text_of(file("Một.\r\n\r\n Hai\x07.\n"), "text/plain") == "Một.\nHai."


def test_a_letter_that_is_cut_at_the_end_spoils_nothing(file):
    assert STORY[:20] in text_of(file(page().encode() + "ế".encode()[:2]), "text/html")


@pytest.mark.parametrize(
    "junk", [b"", b"\x00" * 500, b"<" * 5000, b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>"]
)
def test_junk_gives_no_error(file, junk):
    assert "root:" not in text_of(file(junk), "text/html")
