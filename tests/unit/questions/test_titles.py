import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.questions.models import Case
from kiemtin.questions.titles import LENGTH, letters, plain, title_of
from tests.unit.questions.making import make_case


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ăn tỏi mỗi ngày thì khỏi cúm. Ai cũng biết.", "Ăn tỏi mỗi ngày thì khỏi cúm."),
        ("Khẩn!!! Ngày mai mất điện cả nước. Chia sẻ đi", "Khẩn!!! Ngày mai mất điện cả nước."),
        ("Gọi [phone] để nhận quà\nHạn hôm nay", "Gọi [phone] để nhận quà"),
        ("https://example.org/a", "https://example.org/a"),
        ("Giá 1.500.000 đồng một suất", "Giá 1.500.000 đồng một suất"),
        ("một\n\nhai", "một hai"),
        ("từ " * 100, ("từ " * 46).strip() + "…"),
    ],
)
def test_the_first_sentence(text, title):
    assert title_of(text) == title


@given(st.text(min_size=1, max_size=500).filter(str.strip))
def test_it_is_one_line_of_at_most_so_much(text):
    title = title_of(text)
    assert 0 < len(title) <= LENGTH
    assert "\n" not in title


def test_a_title_is_searched_in_small_letters_without_diacritics():
    assert plain("  ĐỔI  Tiền\nsau Tết ") == "doi tien sau tet"
    assert plain("Đổi") == plain(unicodedata.normalize("NFD", "Đổi"))


def test_letters_keep_their_number_so_that_places_in_the_text_stay():
    text = "Ngày MAI, Đà Nẵng 12.000đ [phone] 😀"
    assert len(letters(text, toneless=True)) == len(letters(text, toneless=False)) == len(text)


@pytest.mark.django_db
def test_what_is_searched_follows_the_title(desk):
    case = make_case(desk, title="Bão số 14")
    case.title = "Lũ Quét"
    case.save(update_fields=["title"])
    assert Case.objects.filter(title_plain="lu quet").exists()
