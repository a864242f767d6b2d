from __future__ import annotations

import unicodedata

import pytest
from PIL import ImageFont

from kiemtin.public.cards.characters import FONTS, clean, drawable, quotable

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
VIETNAMESE = [
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in TONES
] + list("đĐ")
WEIGHTS = (400, 700, 800)


def test_there_are_134_vietnamese_letters_that_ascii_lacks_and_none_is_missing() -> None:
    beyond_ascii = {letter for letter in VIETNAMESE if not letter.isascii()}
    assert len(beyond_ascii) == 134
    assert all(len(letter) == 1 for letter in beyond_ascii)
    assert beyond_ascii <= drawable()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_promised_character_has_a_glyph_of_its_own(weight: int) -> None:
    font = ImageFont.truetype(FONTS / f"BeVietnamPro-{weight}.ttf", 60, layout_engine=ImageFont.Layout.BASIC)
    tofu = bytes(font.getmask("\u4e2d"))
    drawn = {char: bytes(font.getmask(char)) for char in drawable() if not char.isspace()}
    assert [char for char, mask in drawn.items() if mask == tofu or not any(mask)] == []
    letters = {letter: drawn[letter] for letter in VIETNAMESE}
    assert len(set(letters.values())) == len(letters), "two letters look the same: a tone is lost"


def test_digits_and_signs_are_there() -> None:
    assert set("0123456789 „“”‘’–—…·•×%₫€£$@#&()[]/+=?!«»°") <= drawable()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (unicodedata.normalize("NFD", "Tiếng Việt ở Đồng Nai: ẫỡằỗ"), "Tiếng Việt ở Đồng Nai: ẫỡằỗ"),
        ("Mất tiền 😱😱 ngay", "Mất tiền ngay"),
        ("⚠️ Chú ý 👨‍👩‍👧 !", "Chú ý!"),
        ("𝗖𝗔̉𝗡𝗛 𝗕𝗔́𝗢", "CẢNH BÁO"),
        ("ＡＢＣ ①", "ABC 1"),
        ("bánh 月饼 Trung thu", "bánh… Trung thu"),
        ("Москва, Київ", "…"),
        ("Győr, Dvořák", "Gyor, Dvořák"),
        ("Gửi → nhận", "Gửi – nhận"),
        ("một\u200b\ufeff\u00adhai\nba\tbốn", "mộthai ba bốn"),
        ("  nhiều   chỗ   trống ", "nhiều chỗ trống"),
    ],
)
def test_text_becomes_drawable_without_loss_of_sense(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_whatever_comes_in_only_drawable_characters_come_out() -> None:
    everything = "".join(map(chr, [*range(0x20, 0x3000), *range(0xFE00, 0x10000), *range(0x1F000, 0x1FB00)]))
    assert set(clean(everything)) <= drawable()


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("“Trái đất phẳng”", "Trái đất phẳng"),
        ('"Trái đất phẳng"', "Trái đất phẳng"),
        ("Bác sĩ nói “không cần” và «hết»", "Bác sĩ nói ‘không cần’ và ‘hết’"),
        ('Mã "OTP" bị lộ', "Mã ‘OTP’ bị lộ"),
        ("“A” và “B”", "‘A’ và ‘B’"),
        ("🔥🔥", "…"),
        ("", "…"),
    ],
)
def test_a_claim_is_made_ready_for_quotation_marks(claim: str, expected: str) -> None:
    assert quotable(claim) == expected
