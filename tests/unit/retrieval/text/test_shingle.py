import zlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.retrieval.text import shingle_hashes
from kiemtin.retrieval.text.shingle import WIDTH, word_hashes

WORDS = [f"w{n}" for n in range(50)]


def common(a, b):
    return len(np.intersect1d(a, b))


def test_a_text_of_n_different_words_has_n_less_two_shingles():
    assert len(shingle_hashes(WORDS)) == len(WORDS) - WIDTH + 1


def test_no_words_no_shingles_and_few_words_one():
    assert shingle_hashes([]).shape == (0,)
    assert (
        len(shingle_hashes(["một"])) == len(shingle_hashes(["một", "hai"])) == len(shingle_hashes(["a", "b", "c"])) == 1
    )
    assert shingle_hashes(["một"])[0] != shingle_hashes(["một", "một"])[0] != shingle_hashes(["một", "một", "một"])[0]


def test_order_counts():
    assert shingle_hashes(["a", "b", "c"])[0] != shingle_hashes(["c", "b", "a"])[0]


def test_a_changed_word_touches_three_shingles():
    other = [*WORDS[:20], "khác", *WORDS[21:]]
    assert common(shingle_hashes(WORDS), shingle_hashes(other)) == 48 - 3


def test_a_cut_copy_is_contained():
    cut = shingle_hashes(WORDS[10:30])
    assert common(shingle_hashes(WORDS), cut) == len(cut) == 18


def test_the_same_on_every_machine():
    assert word_hashes(["vitamin", "tôm"]).tolist() == [zlib.crc32(w.encode()) for w in ("vitamin", "tôm")]
    assert shingle_hashes(["an", "tom", "uong", "vitamin"]).tolist() == [0x3802BB40, 0xF413133A]


def test_hashes_are_spread_evenly():
    many = shingle_hashes([f"t{n}" for n in range(8_002)])
    share = float(np.mean(many < 2**32 // 8))
    assert abs(share - 1 / 8) < 0.015


@given(st.lists(st.text(st.characters(exclude_categories=()), min_size=1, max_size=4), max_size=30))
def test_sorted_and_distinct_for_any_words(words):
    hashes = shingle_hashes(words)
    assert hashes.dtype == np.uint32
    assert (np.diff(hashes.astype(np.int64)) > 0).all()
    assert len(hashes) <= max(len(words) - WIDTH + 1, min(len(words), 1))
