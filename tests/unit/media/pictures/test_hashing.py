"""Photographs are known again, and others are not taken for them."""

from __future__ import annotations

import pytest
from PIL import Image, ImageOps

from benchmarks.pictures.scenes import COPIES, scene
from kiemtin.media.pictures import PhotoHash, distance, is_same_photo, photo_hash, same_photos
from kiemtin.media.pictures.comparing import NEAR, NEAR_TOO
from kiemtin.media.pictures.hashing import fingerprint, without_border
from tests.unit.media.pictures.drawing import opened


def hashed(image: Image.Image) -> PhotoHash:
    found = photo_hash(opened(image))
    assert found is not None
    return found


@pytest.mark.parametrize("copy", COPIES)
def test_a_copy_is_known_again(copy: str) -> None:
    original = scene(1)
    assert is_same_photo(hashed(original), hashed(COPIES[copy](original).convert("RGB")))


def test_others_are_not_the_same() -> None:
    hashes = [hashed(scene(seed, 320, 240)) for seed in range(20)]
    assert not any(is_same_photo(one, other) for one in hashes for other in hashes if one is not other)


def test_the_closest_comes_first() -> None:
    original = scene(2)
    known = {"far": scene(3), "cropped": COPIES["8 % cropped on each side"](original), "same": original}
    pairs = [(name, hashed(image)) for name, image in known.items()]
    assert same_photos(hashed(original), pairs) == ["same", "cropped"]


def test_a_picture_that_is_plain_has_none() -> None:
    assert photo_hash(opened(Image.new("RGB", (300, 200), "white"))) is None
    assert photo_hash(opened(ImageOps.expand(Image.new("RGB", (300, 200), "grey"), 20, "black"))) is None


def test_one_pixel_has_none() -> None:
    assert photo_hash(opened(Image.new("RGB", (1, 1), "white"))) is None
    assert photo_hash(opened(Image.new("RGB", (4000, 1), "white"))) is None


def test_both_hashes_must_agree() -> None:
    base = PhotoHash(((0, 0),))
    near, near_too = (1 << NEAR) - 1, (1 << NEAR_TOO) - 1
    assert is_same_photo(base, PhotoHash(((near, near_too),)))
    assert not is_same_photo(base, PhotoHash(((near * 2 + 1, near_too),)))
    assert not is_same_photo(base, PhotoHash(((near, near_too * 2 + 1),)))


def test_parts_are_compared_with_wholes_only() -> None:
    one, other = PhotoHash(((0, 0), (2**64 - 1, 0))), PhotoHash(((2**40 - 1, 0), (2**64 - 1, 0)))
    assert distance(one, other) == 24
    assert distance(one, one) == 0


def test_a_part_of_either_may_be_the_whole_of_the_other() -> None:
    whole, cropped = PhotoHash(((2**64 - 1, 0), (0, 0))), PhotoHash(((0, 0),))
    assert is_same_photo(whole, cropped)
    assert is_same_photo(cropped, whole)


def test_a_frame_around_a_picture_with_a_bar() -> None:
    original = scene(8, 480, 360)
    original.paste("black", (0, 0, 480, 100))
    framed = ImageOps.expand(original, 30, "white")
    assert is_same_photo(hashed(original), hashed(framed))


def test_it_can_be_stored() -> None:
    found = hashed(scene(4))
    assert PhotoHash.parse(str(found)) == found
    assert set(str(found)) <= set("0123456789abcdef")
    for wrong in ("", "0" * 31, "x" * 32):
        with pytest.raises(ValueError, match=r"."):
            PhotoHash.parse(wrong)


def test_a_border_is_cut_off_and_a_sky_is_not() -> None:
    image = scene(5).convert("L")
    assert without_border(image).size == image.size
    width, height = without_border(ImageOps.expand(image, 40, "white")).size
    assert abs(width - image.width) <= 4
    assert abs(height - image.height) <= 4


def test_what_is_even_for_a_third_is_no_border() -> None:
    image = Image.new("L", (300, 300), 200)
    image.paste(scene(6, 300, 100).convert("L"), (0, 200))
    assert without_border(image).size[1] == 300


def test_fingerprints_do_not_depend_on_size() -> None:
    one, other = fingerprint(scene(7, 1200, 900)), fingerprint(scene(7, 1200, 900).resize((300, 225)))
    assert one is not None
    assert other is not None
    assert distance(one, other) <= 2
