from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from kiemtin.public.cards.typeface import Style, Weight, ink, set_line, width

HEAVY = Style(Weight.HEAVY, 100)


def test_accented_letters_are_kerned_like_plain_ones() -> None:
    def pull(pair: str) -> float:
        return width(pair[0], HEAVY) + width(pair[1], HEAVY) - width(pair, HEAVY)

    assert pull("Tu") > 1
    assert pull("Tư") > 1
    assert pull("AV") > 1
    assert pull("ẶV") == pytest.approx(pull("AV"))


def test_a_quotation_mark_keeps_clear_of_a_horn_and_a_hook() -> None:
    for letter in "ươởể":
        assert width(f"{letter}”", HEAVY) >= width(letter, HEAVY) + width("”", HEAVY)


def test_tracking_widens_between_letters_only() -> None:
    loose = Style(Weight.HEAVY, 100, 0.1)
    assert width("abc", loose) == pytest.approx(width("abc", HEAVY) + 20)
    assert width("a", loose) == width("a", HEAVY)
    assert width("", loose) == 0


@pytest.mark.parametrize("text", ["ẫởỡ", "ẰỖẬ", "gyẹ"])
@pytest.mark.parametrize("weight", list(Weight))
def test_ink_reaches_as_far_as_told_and_no_farther(text: str, weight: Weight) -> None:
    style = Style(weight, 100)
    canvas = Image.new("L", (500, 400), 0)
    set_line(ImageDraw.Draw(canvas), (50, 200), text, style, "#ffffff")
    box = canvas.point(lambda value: 255 if value > 40 else 0).getbbox()
    assert box is not None
    reach = ink(text, style)
    assert 200 - box[1] == pytest.approx(reach.above, abs=2)
    assert box[3] - 200 == pytest.approx(reach.below, abs=2)
    assert box[2] - 50 == pytest.approx(width(text, style), abs=12)


def test_a_capital_with_a_stacked_tone_is_taller_than_one_without() -> None:
    assert ink("Ỗ", HEAVY).above > ink("Ô", HEAVY).above > ink("O", HEAVY).above
