from __future__ import annotations

from itertools import combinations

import pytest
from PIL import Image, ImageChops

from kiemtin.checks.enums import Verdict
from kiemtin.public.cards import CardError
from kiemtin.public.cards.palette import GROUNDS
from kiemtin.public.cards.signs import SIGNS, sign


def test_every_verdict_has_a_sign_and_a_colour() -> None:
    assert set(SIGNS) == set(GROUNDS) == {*Verdict.values, "withdrawn"}


def _difference(one: Image.Image, other: Image.Image) -> float:
    """Share of pixels that differ strongly."""
    strong = ImageChops.difference(one, other).point(lambda value: 255 if value > 127 else 0)
    return strong.histogram()[255] / (one.width * one.height)


@pytest.mark.parametrize("size", [140, 34], ids=["full size", "thumbnail"])
def test_signs_differ_by_shape_alone(size: int) -> None:
    for one, other in combinations(SIGNS, 2):
        assert _difference(sign(one, size), sign(other, size)) > 0.08, (one, other)


@pytest.mark.parametrize("verdict", SIGNS)
def test_a_sign_fills_its_square_and_has_soft_edges(verdict: str) -> None:
    mask = sign(verdict, 240)
    left, top, right, bottom = mask.getbbox() or (0, 0, 0, 0)
    assert min(right - left, bottom - top) > 0.75 * 240
    assert sum(mask.histogram()[1:255]) > 50


def test_an_unknown_verdict_has_no_sign() -> None:
    with pytest.raises(CardError) as caught:
        sign("rather-false", 100)
    assert caught.value.code == "unknown-verdict"
