import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.retrieval.text import fold

LETTERS = [
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
] + ["đ", "Đ"]


def by_the_book(text):
    """Without marks by the Unicode tables; đ has no decomposition there."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in apart if unicodedata.category(c) != "Mn")


def test_the_alphabet_is_whole():
    assert len(set(LETTERS)) == 2 * (12 * 6 + 1)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_vietnamese_letter_folds_as_unicode_says(form):
    for letter in LETTERS:
        folded = fold(unicodedata.normalize(form, letter))
        assert folded == by_the_book(letter)
        assert folded.isascii()
        assert len(folded) == 1
        assert folded.isupper() == letter.isupper()


def test_a_sentence():
    assert fold("Đừng uống thuốc này, nguy hiểm lắm!") == "Dung uong thuoc nay, nguy hiem lam!"


@pytest.mark.parametrize(
    ("text", "folded"),
    [("café", "cafe"), ("Mañana", "Manana"), ("ß", "ß"), ("疫苗", "疫苗"), ("한국", "한국"), ("ø", "ø")],
)
def test_other_scripts_lose_marks_and_keep_letters(text, folded):
    assert fold(text) == folded


@given(st.text(st.characters(exclude_categories=())))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from([*LETTERS, " ", "\u0301", "\u031b"])))
def test_all_ways_to_write_a_text_fold_alike(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == by_the_book(text)
