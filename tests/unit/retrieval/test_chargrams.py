import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.retrieval.chargrams import BUCKETS, GramCounts, GramTable, cosine, gram_counts


def weighed(table, text):
    return table.vector(gram_counts(text))


def test_runs_of_four_characters_with_blanks():
    grams = gram_counts("an tom an tom")
    # "an t" "n to" " tom" twice each, "tom " "om a" "m an" " an " once.
    assert sorted(grams.counts.tolist()) == [1, 1, 1, 1, 2, 2, 2]
    assert (np.diff(grams.buckets.astype(np.int64)) > 0).all()


@pytest.mark.parametrize(("text", "runs"), [("", 0), ("a", 1), ("abc", 1), ("abcd", 1), ("abcde", 2), ("😀", 1)])
def test_short_texts(text, runs):
    assert len(gram_counts(text).buckets) == runs


@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_every_run_is_counted_in_any_text(text):
    grams = gram_counts(text)
    assert grams.counts.sum() == max(len(text) - 3, min(len(text), 1))
    assert (grams.buckets < BUCKETS).all()


def test_weights_by_hand():
    table = GramTable()
    common, rare = gram_counts("abcd").buckets, gram_counts("efgh").buckets
    for _ in range(3):
        table.count(common, 1)
    table.count(rare, 1)
    grams = GramCounts(np.concatenate([common, rare]), np.array([2, 1]))
    _, weights = table.vector(grams)
    # (1 + ln tf) · (ln((1 + N) / (1 + n)) + 1), N = 4, n = 3 and 1; then to length 1.
    a, b = (1 + math.log(2)) * (math.log(5 / 4) + 1), math.log(5 / 2) + 1
    length = math.hypot(a, b)
    assert weights == pytest.approx([a / length, b / length], rel=1e-5)


def test_cosine_of_a_text_with_itself_and_with_a_stranger():
    table = GramTable()
    assert cosine(weighed(table, "vitamin c"), weighed(table, "vitamin c")) == pytest.approx(1, abs=1e-6)
    assert cosine(weighed(table, "vitamin"), weighed(table, "xyzxyz")) == 0
    assert cosine(weighed(table, ""), weighed(table, "vitamin")) == 0
    assert cosine(weighed(table, ""), weighed(table, "")) == 0


def test_cosine_by_hand_without_statistics():
    # "abcde" has abcd, bcde; "abcdx" has abcd, bcdx: one of two in common.
    table = GramTable()
    assert cosine(weighed(table, "abcde"), weighed(table, "abcdx")) == pytest.approx(0.5, abs=1e-6)
    long = weighed(table, "abcdefgh")
    assert cosine(weighed(table, "abcde"), long) == cosine(long, weighed(table, "abcde"))
    assert cosine(weighed(table, "abcde"), long) == pytest.approx(2 / math.sqrt(2 * 5), abs=1e-6)


def test_counting_out_undoes_counting_in():
    table, grams = GramTable(), gram_counts("an tom uong vitamin").buckets
    before = weighed(table, "an tom")[1]
    table.count(grams, 1)
    table.count(gram_counts("nuoc chanh").buckets, 1)
    assert (table.records, int(table.frequency.sum())) == (2, len(grams) + 7)
    table.count(grams, -1)
    table.count(gram_counts("nuoc chanh").buckets, -1)
    assert (table.records, int(table.frequency.max())) == (0, 0)
    assert weighed(table, "an tom")[1] == pytest.approx(before)


def test_counting_out_too_often_stops_at_zero():
    table = GramTable()
    table.count(gram_counts("vitamin").buckets, -1)
    assert (table.records, int(table.frequency.max())) == (0, 0)


def test_a_table_keeps_its_own_copy_of_the_frequencies():
    given_ = np.zeros(BUCKETS, np.uint32)
    GramTable(given_, 3).count(np.array([5], np.uint32), 1)
    assert given_[5] == 0


def test_frequencies_that_were_given_stay_as_they_are():
    given = np.zeros(BUCKETS, np.uint32)
    given.flags.writeable = False  # as those that are looked at in their file
    table, grams = GramTable(given, 1), gram_counts("uống vitamin").buckets
    table.count(grams, 1)
    assert (table.records, int(table.frequency.sum()), int(given.sum())) == (2, len(grams), 0)
