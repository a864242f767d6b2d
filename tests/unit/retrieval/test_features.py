import math

import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from kiemtin.retrieval import Record
from kiemtin.retrieval.chargrams import GramTable
from kiemtin.retrieval.features import (
    ENCODER_SIGNALS,
    FEWEST_SHINGLES,
    K1,
    SIGNALS,
    B,
    Known,
    Part,
    Statistics,
    bm25,
    covered,
    lexical_signals,
    shared,
)
from kiemtin.retrieval.lexical import store
from kiemtin.retrieval.text import analyse

TEXTS = [
    "garlic water cures the flu",
    "garlic keeps vampires away from the house of the count",
    "drinking hot lemon water cures cancer cancer cancer",
    "phones explode in hot cars",
    "a new tax on garlic",
]


def entry_of(title):
    return store(Record("1", title=title), 0).entries[0]


def statistics_of(texts):
    """Count as an index does, from scratch."""
    entries = [entry_of(t) for t in texts]
    views = ("words", "folded", "bigrams", "title", "text")
    average = {v: sum(sum(e.counts[v].values()) for e in entries) / len(entries) for v in views}
    return Statistics(
        len(entries), average, lambda view, term: sum(term in e.counts[view] for e in entries), GramTable()
    )


@pytest.fixture(scope="module")
def statistics():
    return statistics_of(TEXTS)


def part_of(text, statistics):
    return Part(analyse(text), statistics)


def signals(message, text, statistics):
    known = Known(entry_of(text), statistics)
    names = [s for s in SIGNALS if s not in ENCODER_SIGNALS]
    return dict(zip(names, lexical_signals(part_of(message, statistics), known), strict=True))


def test_idf_by_hand(statistics):
    # "garlic" stands in 3 of 5, "phones" in 1, "nosuch" in none.
    assert statistics.idf("words", "garlic") == pytest.approx(math.log(1 + 2.5 / 3.5))
    assert statistics.idf("words", "phones") == pytest.approx(math.log(1 + 4.5 / 1.5))
    assert statistics.idf("words", "nosuch") == pytest.approx(math.log(1 + 5.5 / 0.5))


def test_idf_of_a_term_that_is_counted_too_often_stays_positive():
    assert Statistics(3, {}, lambda view, term: 50, GramTable()).idf("words", "x") == pytest.approx(
        math.log(1 + 0.5 / 3.5)
    )


def test_bm25_by_hand():
    average = dict.fromkeys(("words", "folded", "bigrams", "title", "text"), 4.0)
    statistics = Statistics(3, average, lambda view, term: {"tom": 1, "c": 2}.get(term, 0), GramTable())
    known = Known(entry_of("tom tom c la gi"), statistics)
    # N = 3: idf(tom) = ln(1 + 2.5/1.5), idf(c) = ln(1 + 1.5/2.5), idf(x) = ln(1 + 3.5/0.5); mean length 4.
    tom, c, x = math.log(8 / 3), math.log(1.6), math.log(8)
    length = len(known.entry.folded)
    norm = 1.2 * (0.25 + 0.75 * length / 4)
    expected = (tom * 2 * 2.2 / (2 + norm) + c * 1 * 2.2 / (1 + norm)) / (2.2 * (tom + c + x))
    part = Part(analyse("tom c x tom"), statistics)
    assert part.analysis.words == ("tom", "c", "x", "tom")
    assert bm25(part, known, "folded", "folded") == pytest.approx(expected)


@pytest.mark.parametrize("query", ["garlic cures cancer", "hot water", "the tax", "vampires phones lemon nosuch"])
def test_bm25_is_that_of_rank_bm25_where_both_define_it_alike(statistics, query):
    """rank_bm25's Okapi has no "1 +" in its idf (and lifts what falls below 0), and does not divide by the best score.

    With our idf put in and our division taken out, the two agree.
    """
    entries = [entry_of(t) for t in TEXTS]
    reference = BM25Okapi([list(e.words) for e in entries], k1=K1, b=B)
    plain = dict(reference.idf)
    part = part_of(query, statistics)
    weights = part.weights["words"]
    reference.idf = {**plain, **weights}
    best = sum(weights.values()) * (K1 + 1)
    ours = [bm25(part, Known(e, statistics), "words", "words") * best for e in entries]
    assert ours == pytest.approx(reference.get_scores(list(weights)).tolist())
    rare = [t for t in weights if 0 < statistics.frequency("words", t) < 3]
    assert [plain[t] for t in rare] == pytest.approx([math.log(math.expm1(weights[t])) for t in rare])


def test_bm25_is_a_share_that_grows_with_agreement(statistics):
    message = part_of("garlic water cures the flu", statistics)
    same, half, other = (
        bm25(message, Known(entry_of(t), statistics), "words", "words")
        for t in (TEXTS[0], "garlic water is what the man drinks", TEXTS[3])
    )
    assert 1 > same > half > other == 0


def test_covered_by_hand(statistics):
    idf = {t: statistics.idf("folded", t) for t in ("phones", "explode", "in", "hot", "cars")}
    known = Known(entry_of(TEXTS[3]), statistics)
    assert covered(part_of("hot phones, hot phones!", statistics), known, "title") == pytest.approx(
        (idf["phones"] + idf["hot"]) / sum(idf.values())
    )
    assert covered(part_of(f"they say {TEXTS[3]} every day", statistics), known, "title") == pytest.approx(1)
    assert covered(part_of("nothing of that", statistics), known, "title") == 0


def test_shared_values():
    def array(*values):
        return np.array(values, np.uint32)

    assert shared(array(1, 3, 5), array(3, 4, 5, 9)) == 2
    assert shared(array(10), array(1, 2)) == 0
    assert shared(array(), array(1)) == shared(array(1), array()) == 0


def test_a_copy_is_told_from_both_sides(statistics):
    text = "one two three four five six seven eight nine ten"
    whole = signals(text, text, statistics)
    assert whole["copy_of"] == whole["copy_in"] == whole["covers_title"] == 1
    assert whole["chars"] == pytest.approx(1)
    # Eight shingles; the first half of the message holds three of them, and a text that short counts as six.
    cut = signals("one two three four five", text, statistics)
    assert (cut["copy_of"], cut["copy_in"]) == (3 / 8, 3 / FEWEST_SHINGLES)
    longer = signals(f"{text} eleven twelve thirteen fourteen", text, statistics)
    assert (longer["copy_of"], longer["copy_in"]) == (1, pytest.approx(8 / 12))


def test_two_words_are_a_copy_of_nothing(statistics):
    assert signals("vitamin c", "vitamin c", statistics)["copy_of"] == 1 / FEWEST_SHINGLES


def test_without_diacritics_only_folded_words_are_compared():
    claim = "Uống nước chanh nóng chữa khỏi ung thư"
    statistics = statistics_of([claim, "Ăn tôm cùng vitamin C"])
    toned, bare = (signals(m, claim, statistics) for m in (claim, "uong nuoc chanh nong chua khoi ung thu"))
    assert bare["words"] == bare["folded"] == pytest.approx(toned["folded"])
    assert bare["chars"] == bare["chars_folded"] == pytest.approx(1)
    wrong_tones = signals("uổng nước chánh nong chưa khối ung thú", claim, statistics)
    assert wrong_tones["words"] < wrong_tones["folded"] == pytest.approx(toned["folded"])


def test_every_signal_is_a_share(statistics):
    for message in [*TEXTS, "x", "😀", "https://a.vn", "tôm " * 500, ""]:
        for text in [*TEXTS, "", "tôm"]:
            values = signals(message, text, statistics)
            assert all(0 <= v <= 1 + 1e-6 for v in values.values()), (message, text, values)
