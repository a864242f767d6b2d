"""Whole pictures, read by the real program."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from benchmarks.pictures.errors import edits
from benchmarks.pictures.scenes import scene
from kiemtin.media.pictures import Code, PictureError, has_text, open_picture, read_text
from tests.unit.media.pictures.drawing import Bubble, chat, encoded, font, opened

pytestmark = pytest.mark.usefixtures("tesseract")

WARNING = "Ngân hàng sẽ khóa tài khoản\nsau 24 giờ nếu không xác minh"
ANSWER = "Có ai biết tin này đúng không?"


def words(text: str) -> str:
    return " ".join(text.split())


def is_like(found: str, wanted: str) -> bool:
    """Say whether it is the same but for a letter in ten: the font's a is easily taken for an o."""
    wrong, letters = edits(wanted, found)
    return wrong <= letters / 10


@pytest.mark.parametrize("dark", [False, True])
def test_a_chat_is_read_on_both_sides(dark: bool) -> None:
    bubbles = [Bubble(WARNING, time="13:05"), Bubble(ANSWER, mine=True)]
    found = read_text(opened(chat(bubbles, dark=dark)))
    first, second = found.text.split("\n\n")
    assert is_like(first, WARNING)
    assert is_like(second, ANSWER)
    assert found.confidence > 0.85
    assert has_text(found)


def test_the_way_from_the_bytes() -> None:
    image = chat([Bubble(WARNING)]).resize((540, 800))
    found = read_text(open_picture(encoded(image, "JPEG", quality=80)))
    assert is_like(found.text, WARNING)


def test_clock_names_times_and_the_field_are_left_out() -> None:
    found = read_text(opened(chat([Bubble(WARNING, time="13:05", name="Minh Anh")], title="Cô Hạnh")))
    assert is_like(found.text, WARNING)
    left_out = " ".join(line.text for line in found.left_out)
    assert "Minh Anh" in left_out
    assert "13:05" in left_out
    assert "Hạnh" in left_out


def test_lines_stand_where_they_are() -> None:
    image = chat([Bubble(WARNING)])
    for picture, scale in ((image, 1.0), (image.resize((540, 800)), 0.5)):
        first, second = read_text(opened(picture)).lines
        assert is_like(first.text, WARNING.split("\n", maxsplit=1)[0])
        assert abs(first.box.left - 60 * scale) < 12
        assert abs(first.box.top - 290 * scale) < 20
        assert abs(second.box.top - first.box.top - 56 * scale) < 8


def test_two_columns_are_read_one_after_the_other() -> None:
    image = Image.new("RGB", (1400, 700), "white")
    draw = ImageDraw.Draw(image)
    left = ["Bộ Y tế chưa từng khuyên", "người dân uống nước chanh", "để phòng bệnh sởi ở trẻ", "em dưới năm tuổi"]
    right = [
        "Theo chuyên gia dinh dưỡng",
        "tôm và vitamin C không tạo",
        "ra chất độc trong dạ dày",
        "của người khỏe mạnh",
    ]
    for x, lines in ((60, left), (760, right)):
        for number, line in enumerate(lines * 2):
            draw.text((x, 60 + 70 * number), line, "black", font(38))
    text = words(read_text(opened(image)).text)
    assert is_like(text, words(" ".join(left * 2 + right * 2)))


def test_a_photographed_screen_is_read() -> None:
    screen = chat([Bubble(WARNING), Bubble(ANSWER, mine=True)])
    table = Image.new("RGB", (1300, 1800), "#3a322c")
    table.paste(screen, (110, 100))
    photo = table.rotate(2, Image.Resampling.BICUBIC, fillcolor="#3a322c").filter(ImageFilter.GaussianBlur(1))
    assert is_like(read_text(opened(photo)).text, f"{WARNING} {ANSWER}")


def test_a_plain_page_keeps_all_its_lines() -> None:
    image = Image.new("RGB", (1000, 500), "#fffdf5")
    for number, line in enumerate(["THÔNG BÁO KHẨN", "Từ ngày mai mọi thuê bao", "phải nộp phí xác minh"]):
        ImageDraw.Draw(image).text((60, 60 + 90 * number), line, "black", font(44))
    assert is_like(read_text(opened(image)).text, "THÔNG BÁO KHẨN Từ ngày mai mọi thuê bao phải nộp phí xác minh")


@pytest.mark.parametrize("colour", ["white", "black", "#3366aa"])
def test_a_picture_without_text_gives_none(colour: str) -> None:
    found = read_text(opened(Image.new("RGB", (400, 300), colour)))
    assert (found.text, found.lines, found.confidence) == ("", (), 0.0)
    assert not has_text(found)


def test_a_photograph_is_no_text() -> None:
    assert not has_text(read_text(opened(scene(3))))


@pytest.mark.parametrize("size", [(1, 1), (1, 400), (400, 1), (3, 3)])
def test_tiny_pictures_do_no_harm(size: tuple[int, int]) -> None:
    assert read_text(opened(Image.new("RGB", size, "white"))).text == ""


def test_noise_is_soon_given_up() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((1500, 1500), 90) for _ in range(3)])
    assert not has_text(read_text(opened(noise), seconds=30))


def test_it_is_ended_in_time() -> None:
    picture = opened(chat([Bubble(WARNING)]))
    with pytest.raises(PictureError) as caught:
        read_text(picture, seconds=0.01)
    assert caught.value.code is Code.TOO_SLOW


def test_a_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "tesseract"
    slow.write_text('#!/bin/sh\n[ "$1" = --list-langs ] && printf "vie\\neng\\n" && exit\nexec sleep 60\n', "utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(PictureError) as caught:
        read_text(opened(chat([Bubble(WARNING)])), seconds=1.5)
    assert caught.value.code is Code.TOO_SLOW
