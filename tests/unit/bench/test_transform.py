import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.bench.transform import new_tones, nfd, old_tones, other_tones, strip_diacritics

PAIRS = [
    ("hòa", "hoà"), ("hóa", "hoá"), ("tỏa", "toả"), ("xõa", "xoã"), ("họa", "hoạ"),
    ("hòe", "hoè"), ("khóe", "khoé"), ("khỏe", "khoẻ"), ("nhõe", "nhoẽ"), ("họe", "hoẹ"),
    ("tùy", "tuỳ"), ("thúy", "thuý"), ("thủy", "thuỷ"), ("lũy", "luỹ"), ("lụy", "luỵ"),
    ("Hòa", "Hoà"), ("HÒA", "HOÀ"), ("Ùy", "Uỳ"), ("THỦY", "THUỶ"), ("òa", "oà"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_both_placements(old, new):
    assert new_tones(old) == new
    assert old_tones(new) == old
    assert other_tones(old) == new
    assert other_tones(new) == old
    assert (old_tones(old), new_tones(new)) == (old, new)


@pytest.mark.parametrize(
    "text", ["quý", "Quỳ", "QUỴ", "hoàn", "hoài", "thuyền", "khuỷu", "ngoèo", "mùa", "của", "hoa", "chìa"]
)
def test_syllables_with_one_place_stay(text):
    assert old_tones(text) == new_tones(text) == other_tones(text) == text


def test_in_a_sentence_next_to_signs():
    assert old_tones("Sức khoẻ, hoà-bình (thuỷ điện)") == "Sức khỏe, hòa-bình (thủy điện)"


def test_decomposed_input_is_understood():
    assert new_tones(unicodedata.normalize("NFD", "hòa bình")) == "hoà bình"


def test_strip_diacritics():
    assert strip_diacritics("Đường về nhà xa lắm ĐẤY, bạn ơi! 2 €") == "Duong ve nha xa lam DAY, ban oi! 2 €"
    assert strip_diacritics(unicodedata.normalize("NFD", "Tiếng Việt")) == "Tieng Viet"


def test_strip_diacritics_leaves_other_scripts_whole():
    assert strip_diacritics("한국 中文") == "한국 中文"


def test_nfd():
    assert nfd("ế") == "e\u0302\u0301"


@given(st.text())
def test_no_text_is_refused(text):
    for change in (old_tones, new_tones, other_tones, strip_diacritics, nfd):
        assert isinstance(change(text), str)
    assert not any(unicodedata.combining(char) for char in strip_diacritics(text))
