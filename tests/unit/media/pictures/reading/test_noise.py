"""What is no message."""

from __future__ import annotations

import pytest

from kiemtin.media.pictures.reading import noise

WHEN = [
    "9:41",
    "21:05",
    "9:41 PM",
    "Hôm nay 13:10",
    "Hôm qua 7:05",
    "Thứ hai 9:00",
    "Đã xem",
    "Đã xem 10:12",
    "12/03/2025",
    "10:15 ✓✓",
]
WRITTEN = [
    "Ngân hàng",
    "24 giờ",
    "10:12 Dì Út nè",
    "Hôm nay trời mưa",
    "5 triệu",
    "113",
    "Đã xem tin này chưa",
    "SH 2025",
    "OK",
]


@pytest.mark.parametrize("text", WHEN)
def test_times_and_receipts(text: str) -> None:
    assert noise.is_when(text)


@pytest.mark.parametrize("text", WRITTEN)
def test_what_people_write_is_not_taken_for_it(text: str) -> None:
    assert not noise.is_when(text)
    assert not noise.is_field(text)
    assert not noise.is_stray(text, 0.95)


@pytest.mark.parametrize("text", ["Tin nhắn", "( Tin nhắn )", "Nhập tin nhắn", "iMessage", "Aa", "Tin nhan", "Message"])
def test_the_field_to_write_in(text: str) -> None:
    assert noise.is_field(text)


def test_tin_is_also_a_word() -> None:
    assert not noise.is_field("Tin này thật không")
    assert not noise.is_field("Nhắn số 9")


@pytest.mark.parametrize(
    ("text", "confidence"), [("—", 0.9), ("< @", 0.9), ("Ngân hàng", 0.2), ("(oN", 0.5), ("", 1.0)]
)
def test_guesses_from_a_drawing(text: str, confidence: float) -> None:
    assert noise.is_stray(text, confidence)
