import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.bench.absent import BandCounts, Halves, Ratio, Tally, halves, tally
from kiemtin.bench.beir import Dataset, Document, Query
from kiemtin.retrieval.records import Answer, Band, Match


def make(qrels, documents=None):
    names = documents or sorted({d for grades in qrels.values() for d in grades})
    return Dataset("set", "test", tuple(Document(d, "", d) for d in names), tuple(Query(q, q) for q in qrels), qrels)


def pairs(count):
    return {f"q{n}": {f"d{n}": 1} for n in range(count)}


def test_half_of_the_queries_lose_their_answers():
    parts = halves(make(pairs(10)))
    assert len(parts.answerable) == len(parts.not_in_database) == 5
    assert parts.removed == {query.replace("q", "d") for query in parts.not_in_database}


def test_of_an_odd_number_the_smaller_half():
    parts = halves(make(pairs(7)))
    assert (len(parts.answerable), len(parts.not_in_database)) == (4, 3)


def test_the_same_seed_divides_alike_whatever_the_order():
    forwards, backwards = make(pairs(40)), make(dict(reversed(pairs(40).items())))
    assert set(halves(forwards, seed=3).not_in_database) == set(halves(backwards, seed=3).not_in_database)
    assert halves(forwards, seed=3) != halves(forwards, seed=4)


def test_a_known_division_stays_as_it_is():
    # Figures of different days are comparable only if this never changes.
    assert halves(make(pairs(6)), seed=0).not_in_database == ("q0", "q4", "q5")


ANSWERS = st.sets(st.integers(0, 12).map("d{}".format), min_size=1, max_size=3)


@given(st.dictionaries(st.integers(0, 30).map("q{}".format), ANSWERS, min_size=1), st.integers(0, 5))
def test_no_answerable_query_loses_a_document(answers, seed):
    qrels = {query: dict.fromkeys(documents, 1) for query, documents in answers.items()}
    dataset = make(qrels)
    parts = halves(dataset, seed=seed)
    assert sorted([*parts.answerable, *parts.not_in_database]) == sorted(qrels)
    assert all(not dataset.relevant[query] & parts.removed for query in parts.answerable)
    assert all(dataset.relevant[query] <= parts.removed for query in parts.not_in_database)
    assert len(parts.not_in_database) <= len(qrels) // 2


def test_a_word_for_word_twin_goes_with_the_answer():
    documents = (
        Document("d0", "", 'A "large" dog, seen.'),
        Document("twin", "", "a 'large' dog - seen"),
        Document("d1", "", "A large cat, seen."),
        Document("blank", "", "?"),
        Document("empty", "", "!"),
    )
    for seed in range(8):
        dataset = Dataset(
            "set", "test", documents, (Query("q0", "q0"), Query("q1", "q1")), {"q0": {"d0": 1}, "q1": {"d1": 1}}
        )
        parts = halves(dataset, seed=seed)
        assert parts.removed == ({"d0", "twin"} if parts.not_in_database == ("q0",) else {"d1"})


def test_queries_whose_answers_are_twins_stay_together():
    documents = (Document("d0", "", "One claim."), Document("d1", "", "One claim!"), Document("d2", "", "Another."))
    qrels = {"q0": {"d0": 1}, "q1": {"d1": 1}, "q2": {"d2": 1}}
    for seed in range(8):
        parts = halves(Dataset("set", "test", documents, tuple(Query(q, q) for q in qrels), qrels), seed=seed)
        assert parts.not_in_database == ("q2",)


def test_queries_joined_by_a_chain_of_documents_stay_together():
    chain = {"a": {"1": 1, "2": 1}, "b": {"2": 1, "3": 1}, "c": {"3": 1}}
    for seed in range(8):
        parts = halves(make(chain | pairs(5)), seed=seed)
        assert len({"a", "b", "c"} & set(parts.not_in_database)) in {0, 3}


def test_a_document_judged_not_relevant_joins_nobody():
    parts = halves(make({"a": {"1": 1, "2": 0}, "b": {"2": 1}}))
    assert len(parts.not_in_database) == 1


def test_queries_that_nothing_answers_by_nature_take_nothing_out():
    qrels = {"a": {"1": 1}, "b": {"1": 0, "2": 0}, "c": {"2": 1}}
    assert halves(make(qrels)) == Halves(("a", "c"), ("b",))


def test_a_query_whose_documents_are_missing_is_in_neither_part():
    parts = halves(make({"a": {"1": 1}, "b": {"9": 1}, "c": {"2": 1}}, documents=["1", "2"]))
    assert sorted([*parts.answerable, *parts.not_in_database]) == ["a", "c"]


def test_a_query_without_a_text_is_in_neither_part():
    dataset = make(pairs(4))
    fewer = Dataset("set", "test", dataset.documents, dataset.queries[:2], dataset.qrels)
    parts = halves(fewer)
    assert {*parts.answerable, *parts.not_in_database} == {"q0", "q1"}


def say(band, *documents):
    return Answer(band, tuple(Match(d, "", 1.0, 0.5) for d in documents))


def test_by_hand():
    parts = Halves(("a", "b", "c", "d"), ("x", "y", "z"), frozenset({"8", "9"}))
    answers = {
        "a": say(Band.ANSWER, "1"),  # right
        "b": say(Band.ANSWER, "1", "2"),  # wrong: only the first match is the answer
        "c": say(Band.MAYBE, "3"),
        "d": say(Band.NONE),
        "x": say(Band.ANSWER, "1"),  # nothing answers it
        "y": say(Band.NONE, "1"),
        "z": say(Band.MAYBE, "1"),
    }
    relevant = {q: frozenset(d) for q, d in zip("abcd", "1234", strict=True)}
    relevant |= {"x": frozenset("8"), "y": frozenset("9"), "z": frozenset("9")}
    counted = tally(parts, answers, relevant)
    assert counted.answer_precision == Ratio(1, 3)
    assert counted.answer_coverage == Ratio(1, 4)
    assert counted.false_answer_rate == Ratio(1, 3)
    assert counted.answerable == BandCounts(answer=2, maybe=1, none=1)
    assert counted.not_in_database == BandCounts(answer=1, maybe=1, none=1)
    assert counted.removed == 2


def test_nobody_answered_has_no_precision():
    counted = tally(Halves(("a",), ()), {"a": say(Band.NONE)}, {"a": frozenset("1")})
    assert counted.answer_precision.value is None
    assert counted.false_answer_rate.value is None
    assert counted.answer_coverage.value == 0.0


def test_an_answer_without_a_match_is_not_right():
    assert tally(Halves(("a",), ()), {"a": say(Band.ANSWER)}, {"a": frozenset("1")}).right == 0


def test_tallies_add_up():
    one = Tally(BandCounts(3, 2, 1), BandCounts(1, 0, 4), right=2, removed=5)
    two = Tally(BandCounts(1, 1, 1), BandCounts(0, 1, 1), right=1, removed=3)
    assert one + two == Tally(BandCounts(4, 3, 2), BandCounts(1, 1, 5), right=3, removed=8)
    assert (one + two).answer_precision.value == pytest.approx(3 / 5)
