import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.retrieval.text import passages
from kiemtin.retrieval.text.passage import MAX_WORDS

SENTENCE = "Chia sẻ gấp cho mọi người biết 😀. "
LONG = "".join(f"Câu số {n} nói về chuyện khác hẳn.{'  ' if n % 3 else chr(10)}" for n in range(700))


def test_a_short_message_is_not_cut():
    assert passages("") == []
    assert passages("ăn tôm chết người") == []
    assert passages("tin " * 90) == []


def test_a_message_of_one_word_more_than_a_passage_and_a_half_is_cut():
    cut = passages("tin " * 91)
    assert [len(p.text.split()) for p in cut] == [60, 31]


def test_a_message_of_20_000_characters():
    message = LONG[:20_000]
    cut = passages(message)
    assert len(cut) > 50
    assert all(p.text == message[p.start : p.end] for p in cut)
    assert all(1 <= len(p.text.split()) <= MAX_WORDS for p in cut)


def test_passages_start_with_a_sentence_and_overlap_by_about_half():
    cut = passages(LONG)
    assert all(p.text.startswith("Câu số") and p.text.endswith(".") for p in cut)
    for one, next_ in itertools.pairwise(cut):
        overlap = len(LONG[next_.start : one.end].split())
        assert MAX_WORDS / 3 <= overlap <= MAX_WORDS * 2 / 3


def test_one_sentence_in_a_long_message_stands_whole_in_a_passage():
    claim = "Uống nước chanh nóng chữa khỏi ung thư."
    message = SENTENCE * 40 + claim + " " + SENTENCE * 40
    assert any(claim in p.text for p in passages(message))


def test_offsets_count_characters_of_the_message_as_given():
    message = "\ud800 \0 e\u0301 " * 40 + "👉" + "tin giả " * 60
    for p in passages(message):
        assert message[p.start : p.end] == p.text


@pytest.mark.parametrize("mark", [". ", "! ", "?\n", "\n\n", " • ", "👉", "… "])
def test_where_sentences_end(mark):
    cut = passages(mark.join(["một hai ba bốn năm sáu bảy"] * 20))
    assert cut[0].text.split()[0] == "một"
    assert cut[1].text.split()[0].startswith("một")


@given(st.lists(st.sampled_from(["tin", "giả.", "\n", "ok?", " ", "👉", "x" * 50, "\ud83d", "!"]), max_size=400))
def test_every_word_is_in_a_passage_in_order(pieces):
    message = " ".join(pieces)
    cut = passages(message)
    assert all(p.text == message[p.start : p.end] and len(p.text.split()) <= MAX_WORDS for p in cut)
    assert [p.start for p in cut] == sorted({p.start for p in cut})
    if cut:
        # Bullets may stand between passages; no word may.
        for word in re.finditer(r"[^\s•▪➤👉]+", message):
            assert any(p.start <= word.start() and word.end() <= p.end for p in cut)
