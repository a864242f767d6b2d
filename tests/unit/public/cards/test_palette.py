from __future__ import annotations

import pytest

from kiemtin.public.cards import palette


def test_contrast_by_the_book() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("verdict", palette.GROUNDS)
def test_all_text_is_readable(verdict: str) -> None:
    colours = palette.colours(verdict)
    for ground in (colours.ground, colours.texture, colours.strip):
        assert palette.contrast(palette.WHITE, ground) >= 5.5
    assert palette.contrast(colours.claim, palette.PAPER) >= 7
    for text in (palette.INK, palette.INK_2, palette.BRAND):
        assert palette.contrast(text, palette.SUNK) >= 4.5


@pytest.mark.parametrize("verdict", palette.GROUNDS)
def test_the_colours_of_a_card_fit_a_palette(verdict: str) -> None:
    colours = palette.colours(verdict)
    ramps = colours.ramps()
    assert len(ramps) <= 256
    assert {colours.ground, colours.texture, colours.strip, colours.claim, palette.PAPER, palette.WHITE} <= set(ramps)


def test_mixing() -> None:
    assert palette.mix("#000000", "#ffffff", 0.5) == "#808080"
    assert palette.mix("#102030", "#ffffff", 0) == "#102030"
