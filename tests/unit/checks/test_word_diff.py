import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.checks.word_diff import Op, Span, elided, word_diff

MARKS = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "[+{}+]", Op.SKIPPED: "[…{}…]"}


def shown(spans):
    return "".join(MARKS[span.op].format(span.text) for span in spans)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("giống nhau", "giống nhau", "giống nhau"),
        ("", "mới", "[+mới+]"),
        ("cũ", "", "[-cũ-]"),
        ("Tỏi chữa bệnh.", "Tỏi không chữa bệnh.", "Tỏi [+không +]chữa bệnh."),
        # Punctuation belongs to its word.
        ("hôm qua, ở Huế", "hôm nay, ở Huế", "hôm [-qua, -][+nay, +]ở Huế"),
        # Each number on its own.
        ("có 12 người và 5 trẻ", "có 13 người và 6 trẻ", "có [-12 -][+13 +]người và [-5 -][+6 +]trẻ"),
        # Vietnamese tones are other words.
        ("ma má mà", "ma mà mạ", "ma [-má -]mà[+ mạ+]"),
        # A paragraph of its own stays whole.
        ("Một.\n\nBa.", "Một.\n\nHai.\n\nBa.", "Một.\n\n[+Hai.\n\n+]Ba."),
        ("Một. Hai.", "Một.\n\nHai.", "Một.[+\n\n+] Hai."),
    ],
)
def test_it_reads_well(before, after, expected):
    found = shown(word_diff(before, after))
    assert found.replace(" ", "") == expected.replace(" ", "")


def test_a_rewritten_passage_is_not_cut_to_crumbs():
    before = "Anh ấy nói rằng thuốc này rất tốt cho mọi người già."
    after = "Theo bài đăng hôm qua thuốc được quảng cáo là chữa bách bệnh."
    assert [span.op for span in word_diff(before, after)] == [Op.REMOVED, Op.ADDED]


def test_space_around_words_is_no_change():
    assert [span.op for span in word_diff("a  b\n\n\nc", "a b\n\nc ")] == [Op.SAME]


TEXT = st.lists(st.sampled_from(["a", "b", "c", "đ,", "x.", " ", "\n", "\n\n", "  "]), max_size=60).map("".join)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_it(before, after):
    spans = word_diff(before, after)
    assert "".join(span.text for span in spans if span.op is not Op.REMOVED) == after
    old = "".join(span.text + " " for span in spans if span.op is not Op.ADDED)
    assert old.split() == before.split()
    assert all(span.text for span in spans)
    assert all(one.op is not two.op for one, two in pairwise(spans))


@given(TEXT, st.integers(0, 9))
def test_leaving_out_keeps_every_word(text, around):
    spans = word_diff(text, f"{text} mới {text}")
    cut = elided(spans, around=around)
    assert "".join(span.text for span in cut) == "".join(span.text for span in spans)
    assert {span.op for span in cut if span.op is not Op.SKIPPED} <= {span.op for span in spans}


def test_what_is_left_out_is_the_middle_of_long_runs():
    words = [f"t{number}" for number in range(100)]
    spans = word_diff(" ".join(words), " ".join([*words[:50], "MỚI", *words[50:]]))
    cut = elided(spans, around=3)
    assert [(span.op, len(span.text.split())) for span in cut] == [
        (Op.SKIPPED, 47),
        (Op.SAME, 3),
        (Op.ADDED, 1),
        (Op.SAME, 3),
        (Op.SKIPPED, 47),
    ]
    assert cut[1].text == "t47 t48 t49 "
    assert cut[3].text == "t50 t51 t52 "


def test_short_runs_are_not_left_out():
    spans = word_diff("a b c d e f", "a b c X d e f")
    assert elided(spans, around=3) == spans
    assert elided((Span(Op.SAME, "a b c"),), around=12) == (Span(Op.SAME, "a b c"),)


def _syllables(count, seed):
    rng = random.Random(seed)
    return [f"t{min(int(rng.expovariate(1 / 60)), 400)}" for _ in range(count)]


@pytest.mark.parametrize("kind", ["edited", "other", "reversed", "two words", "nothing in common"])
def test_bodies_of_100_kb_take_no_time(kind):
    words, rng = _syllables(25_000, 1), random.Random(2)
    others = {
        "edited": [word if rng.random() > 0.1 else "mới" for word in words],
        "other": _syllables(25_000, 3),
        "reversed": words[::-1],
        "two words": rng.choices("ab", k=25_000),
        "nothing in common": ["x"] * 25_000,
    }
    start = time.process_time()
    spans = word_diff(" ".join(words), " ".join(others[kind]))
    assert time.process_time() - start < 8
    assert "".join(span.text for span in spans if span.op is not Op.REMOVED) == " ".join(others[kind])


def test_in_a_long_text_only_the_edited_words_are_told():
    words = [*_syllables(5_000, 1), *(f"riêng{number}" for number in range(500))]
    random.Random(4).shuffle(words)
    edited = list(words)
    for at in range(50, 5_500, 100):
        edited[at] = "mới"
    removed = [span for span in word_diff(" ".join(words), " ".join(edited)) if span.op is Op.REMOVED]
    assert len(removed) == 55
    assert all(len(span.text.split()) == 1 for span in removed)
