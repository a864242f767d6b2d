from __future__ import annotations

from itertools import pairwise

import pytest

from kiemtin.public.cards.lines import Box, break_lines, fit, fit_line
from kiemtin.public.cards.typeface import Style, Weight, ink, width

STYLE = Style(Weight.BOLD, 60)
CLAIM = "Từ ngày 1/1, ai rút quá 15 triệu đồng mỗi tháng bằng thẻ ATM đều phải nộp thuế 10% cho Ngân hàng Nhà nước"
SMALL = 30.0


@pytest.mark.parametrize("room", [400, 520, 640, 777, 936, 1056])
def test_lines_fit_the_room_and_lose_nothing(room: int) -> None:
    lines = break_lines(CLAIM, STYLE, room)
    assert " ".join(lines) == CLAIM
    assert all(width(line, STYLE) <= room for line in lines)


@pytest.mark.parametrize("room", range(420, 1060, 20))
def test_no_lone_syllable_stands_on_the_last_line(room: int) -> None:
    assert " " in break_lines(CLAIM, STYLE, room)[-1]


def test_a_lone_last_syllable_costs_more_than_uneven_lines() -> None:
    text = "ba bốn nghiêng"
    assert break_lines(text, STYLE, width(text, STYLE) - 1) == ["ba", "bốn nghiêng"]


def test_two_syllables_may_stand_alone_where_there_is_no_other_way() -> None:
    assert break_lines("Đúng sai", STYLE, width("Đúng sai", STYLE) - 1) == ["Đúng", "sai"]


def test_no_more_lines_than_needed_and_of_even_length() -> None:
    lines = break_lines("một hai ba bốn năm sáu", STYLE, width("một hai ba bốn", STYLE) + 5)
    assert lines == ["một hai ba", "bốn năm sáu"]


@pytest.mark.parametrize("sum_", ["15 triệu", "15 ₫", "15 %"])
def test_a_number_stays_with_its_unit(sum_: str) -> None:
    before, after = "Ai cũng phải đóng nộp", "một năm một lần"
    room = width(f"{before} {sum_}", STYLE) - 1
    assert break_lines(f"{before} {sum_} {after}", STYLE, room) == [before, f"{sum_} {after}"]


def test_a_sentence_does_not_end_with_the_first_syllable_of_a_line() -> None:
    text = "Bài viết nói trang này không đáng giá. Đừng chia sẻ tiếp nữa nhé."
    assert break_lines(text, STYLE, 1120) == ["Bài viết nói trang này không", "đáng giá. Đừng chia sẻ tiếp nữa nhé."]
    assert break_lines(text, STYLE, 1150) == ["Bài viết nói trang này không đáng giá.", "Đừng chia sẻ tiếp nữa nhé."]


def test_a_web_address_too_wide_is_parted_at_its_signs_and_stays_whole() -> None:
    address = "https://vietcombank-xacthuc.example.com/dang-nhap?id=123"
    lines = break_lines(f"Bấm vào {address} ngay đi", STYLE, 600)
    assert "".join(lines).replace("vào", "vào ").replace("Bấm", "Bấm ").replace(" ", "").count(address) == 1
    assert all(width(line, STYLE) <= 600 for line in lines)
    assert not any(line.endswith(".") for line in lines)


def test_an_endless_word_is_parted_anywhere() -> None:
    lines = break_lines("a" * 300, STYLE, 600)
    assert "".join(lines) == "a" * 300
    assert all(width(line, STYLE) <= 600 for line in lines)


def test_short_text_is_large_and_long_text_is_smaller_but_whole() -> None:
    box = Box(1056, 210)
    short, long = (fit(text, STYLE, box, smallest=SMALL) for text in ("Trái đất phẳng", CLAIM))
    assert short.style.size == 60
    assert SMALL <= long.style.size < 60
    assert " ".join(long.lines) == CLAIM
    assert long.height <= box.height


@pytest.mark.parametrize("text", [" ".join(["Chuyện này dài lắm,"] * 60) + "”", "x" * 5000 + "”"])
def test_only_what_is_absurdly_long_is_cut_and_then_at_the_very_end(text: str) -> None:
    box = Box(1056, 210)
    block = fit(text, STYLE, box, smallest=SMALL)
    assert block.style.size == SMALL
    assert block.height <= box.height
    assert block.lines[-1].endswith("…”")
    assert not block.lines[-1].endswith(",…”")
    assert sum(line.count("…") for line in block.lines) == 1
    assert len(block.lines) > 3, "cut too early"


@pytest.mark.parametrize("text", ["gạy pỵ qụ gạy ẪỄỖ ẰẮỬ Ỗ Ẳ Ễ g ỵ ỡ", CLAIM.upper(), CLAIM])
def test_stacked_tones_stay_clear_of_the_line_above(text: str) -> None:
    block = fit(text, STYLE, Box(420, 900), smallest=40)
    assert len(block.lines) > 1
    for upper, lower in pairwise(block.lines):
        assert ink(upper, block.style).below + ink(lower, block.style).above < block.pitch


def test_a_line_that_does_not_fit_is_set_smaller_and_then_cut() -> None:
    text = "Liên minh Kiểm chứng Thông tin"
    assert fit_line(text, STYLE, 2000, smallest=40) == (text, STYLE)
    smaller, style = fit_line(text, STYLE, width(text, STYLE) * 0.8, smallest=40)
    assert smaller == text
    assert 40 <= style.size < 60
    cut, style = fit_line(text, STYLE, 400, smallest=40)
    assert style.size == 40
    assert cut.endswith("…")
    assert text.startswith(cut[:-1])
    assert text[len(cut) - 1] == " ", "cut within a syllable"
    assert width(cut, style) <= 400


def test_one_long_word_is_cut_within() -> None:
    cut, style = fit_line("kiemtin.example/k/mot-dia-chi-dai", STYLE, 400, smallest=40)
    assert cut.startswith("kiemtin.example")
    assert cut.endswith("…")
    assert width(cut, style) <= 400
