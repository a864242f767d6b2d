"""Every metric against `ir_measures`, with exact equality: its provider is trec_eval itself."""

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import AP, RR, P, R

from kiemtin.bench.runs import Run, Scored, in_order, read_run, write_run
from kiemtin.bench.scoring import Metrics, score
from tests.examples import examples

MEASURES = (AP @ 5, RR, P @ 1, R @ 5, R @ 20)
DOCUMENTS = [f"d{n}" for n in range(30)] + ["đ", "Đ", "ö", "😀", "\uffff", "a-b"]
QUERIES = [f"q{n}" for n in range(12)]
# Few distinct values, so that ties are common, also such as only single precision makes.
SCORES = st.one_of(
    st.sampled_from([0.0, 0.5, 1.0, 1.0 + 1e-9, 1.0 + 1e-7, -3.0, 1e300, 1e-300, 7]),
    st.floats(-10, 10, width=32),
    st.floats(allow_nan=False, allow_infinity=False),
)
RUNS = st.dictionaries(
    st.sampled_from(QUERIES), st.dictionaries(st.sampled_from(DOCUMENTS), SCORES, min_size=1), min_size=1
)
QRELS = st.dictionaries(
    st.sampled_from(QUERIES),
    st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(0, 3), min_size=1, max_size=9).filter(
        lambda grades: any(grades.values())
    ),
    min_size=1,
)


def reference(qrels, run):
    """What trec_eval says, as our dataclass."""
    found = ir_measures.pytrec_eval.calc_aggregate(MEASURES, qrels, run)
    return Metrics(*(found[measure] for measure in MEASURES))


def ours(qrels, run):
    relevant = {q: frozenset(d for d, grade in grades.items() if grade >= 1) for q, grades in qrels.items()}
    return score(Run({q: tuple(Scored(d, s) for d, s in ds.items()) for q, ds in run.items()}), relevant)


def test_the_reference_is_trec_eval():
    assert ir_measures.pytrec_eval.is_available()


@examples(300)
@given(QRELS, RUNS)
def test_equal_to_the_last_digit(qrels, run):
    assert ours(qrels, run) == reference(qrels, run)


@examples(50)
@given(QRELS, st.dictionaries(st.sampled_from(QUERIES), st.lists(st.sampled_from(DOCUMENTS), unique=True)))
def test_equal_through_a_run_file(tmp_path_factory, qrels, rankings):
    # Scores tie on purpose: what is written must still be read in the order of the ranking.
    run = Run({q: in_order((d, 0.5) for d in documents) for q, documents in rankings.items()})
    path = tmp_path_factory.mktemp("run") / "x.run"
    write_run(run, path)
    relevant = {q: frozenset(d for d, grade in grades.items() if grade >= 1) for q, grades in qrels.items()}
    read = list(ir_measures.read_trec_run(str(path)))
    assert score(run, relevant) == score(read_run(path), relevant) == reference(qrels, read)


def test_a_judged_query_that_was_not_answered_scores_zero():
    assert ours({"q1": {"a": 1}, "q2": {"b": 1}}, {"q1": {"a": 1.0}}).map5 == 1 / 2


def test_a_query_that_nothing_answers_takes_no_part():
    assert ours({"q1": {"a": 1}, "q2": {"b": 0}}, {"q1": {"a": 1.0}, "q2": {"b": 1.0}}).map5 == 1.0


def test_an_answer_to_a_query_that_nobody_judged_takes_no_part():
    assert ours({"q1": {"a": 1}}, {"q1": {"a": 1.0}, "q7": {"b": 1.0}}).p1 == 1.0


def test_by_hand():
    found = ours({"q": {"b": 1, "f": 2, "z": 1}}, {"q": {d: -n for n, d in enumerate("abcdefg")}})
    assert found == Metrics(map5=(1 / 2) / 3, mrr=1 / 2, p1=0.0, recall5=1 / 3, recall20=2 / 3)


def test_nothing_judged_has_no_mean():
    assert score(Run({}), {"q": frozenset()}) == Metrics(None, None, None, None, None)


@pytest.mark.parametrize("count", [3, 7, 199])
def test_means_are_added_in_the_order_of_the_run(count):
    # Thirds and sevenths in an order of their own: another order of adding gives another last digit.
    ranks = [(7 * n) % 19 for n in range(count)]
    qrels = {f"q{n}": {"right": 1} for n in range(count)}
    run = {f"q{n}": {"right": 0.0} | {f"d{i}": 1.0 + i for i in range(ranks[n])} for n in reversed(range(count))}
    assert ours(qrels, run) == reference(qrels, run)
