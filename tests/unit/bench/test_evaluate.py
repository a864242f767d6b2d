"""A small engine stands in for the matching core: it ranks by shared words and is told what to refuse."""

from contextlib import contextmanager

import pytest

from kiemtin.bench.absent import BandCounts
from kiemtin.bench.beir import Dataset, Document, Query
from kiemtin.bench.evaluate import Settings, Stage, evaluate
from kiemtin.retrieval.errors import EmptyMessageError, IndexFormatError
from kiemtin.retrieval.records import Answer, Band, Match


class WordMatcher:
    """Ranks by the share of common words; half of them is an answer, one a question."""

    def __init__(self, records):
        self.words = {r.id: set(" ".join((r.title, r.text, *r.wordings)).split()) for r in records}

    def ask(self, message, *, limit=5):
        words = set(message.split())
        if not words:
            raise EmptyMessageError("empty")
        shares = {key: len(words & own) / len(words) for key, own in self.words.items()}
        best = sorted((key for key in shares if shares[key]), key=lambda key: -shares[key])[:limit]
        matches = tuple(Match(key, "", shares[key], shares[key]) for key in best)
        top = matches[0].score if matches else 0.0
        return Answer(Band.ANSWER if top > 0.5 else Band.MAYBE if top else Band.NONE, matches)

    def ask_many(self, messages, *, limit=5):
        return (self.ask(message, limit=limit) for message in messages)


class WordEngine:
    """Remembers what it indexed, pass by pass."""

    def __init__(self, matcher=WordMatcher):
        self.matcher, self.passes = matcher, []

    @contextmanager
    def __call__(self, records, *, progress):
        self.passes.append([record.id for record in records])
        progress(len(records))
        yield self.matcher(records)


def make(queries, qrels):
    documents = (
        Document("d1", "nước chanh", "chữa ung thư"),
        Document("d2", "", "tỏi nướng", wordings=("củ tỏi chữa cúm",)),
        Document("d3", "trúng thưởng", "xe máy"),
        Document("d4", "sóng", "điện thoại nổ"),
    )
    return Dataset("tiny", "test", documents, tuple(Query(k, v) for k, v in queries.items()), qrels)


@pytest.fixture
def four():
    queries = {"q1": "nước chanh chữa", "q2": "củ tỏi", "q3": "sóng xe", "q4": "điện thoại"}
    return make(queries, {f"q{n}": {f"d{n}": 1} for n in range(1, 5)})


def test_the_run_holds_every_query_in_order(four):
    run = evaluate(four, WordEngine()).run
    assert list(run.rankings) == ["q1", "q2", "q3", "q4"]
    # "chữa" is in both, and only d1 has all three words.
    assert [s.document for s in run.rankings["q1"]] == ["d1", "d2"]


def test_metrics_by_hand(four):
    # q1, q2 and q4 find theirs first; q3 shares one word with d3 and with d4: tied, and d3 came first.
    metrics = evaluate(four, WordEngine()).metrics
    assert metrics.p1 == metrics.map5 == metrics.mrr == 1.0
    assert metrics.recall5 == metrics.recall20 == 1.0


def test_the_second_pass_leaves_the_answers_out(four):
    engine = WordEngine()
    found = evaluate(four, engine)
    whole, without = engine.passes
    assert whole == ["d1", "d2", "d3", "d4"]
    assert len(without) == 2
    assert found.absent.removed == 2
    assert found.absent.answerable.queries == found.absent.not_in_database.queries == 2
    assert found.divisions == 1


def test_absent_counts_come_from_the_second_pass():
    # Both share no document, so one is taken out; on the whole corpus each would have been answered.
    dataset = make({"q1": "nước chanh", "q2": "điện thoại"}, {"q1": {"d1": 1}, "q2": {"d4": 1}})
    absent = evaluate(dataset, WordEngine()).absent
    assert absent.not_in_database == BandCounts(none=1)
    assert absent.answerable == BandCounts(answer=1)
    assert absent.answer_coverage.value == absent.answer_precision.value == 1.0
    assert absent.false_answer_rate.value == 0.0


def test_queries_that_nothing_answers_by_nature_need_no_second_pass():
    engine = WordEngine()
    dataset = make({"q1": "nước chanh", "q2": "xe máy"}, {"q1": {"d1": 1}, "q2": {"d3": 0}})
    found = evaluate(dataset, engine, settings=Settings(repeats=5))
    assert len(engine.passes) == found.divisions == 1
    assert found.absent.not_in_database == BandCounts(answer=1)
    assert found.absent.answer_precision.value == 1 / 2
    assert found.metrics.map5 == 1.0


def test_repeats_are_added_up(four):
    engine = WordEngine()
    found = evaluate(four, engine, settings=Settings(repeats=3, seed=7))
    assert len(engine.passes) == 1 + 3
    assert found.divisions == 3
    assert found.absent.answerable.queries == 6
    assert found.absent.removed == 6


def test_without_the_protocol_there_is_one_pass(four):
    engine = WordEngine()
    found = evaluate(four, engine, settings=Settings(absent=False))
    assert (len(engine.passes), found.absent, found.divisions) == (1, None, 0)


def test_a_hopeless_query_counts_as_none_and_stops_nobody():
    dataset = make({"q1": "nước", "q2": "   ", "q3": "xe"}, {"q1": {"d1": 1}, "q2": {"d2": 1}, "q3": {"d3": 1}})
    found = evaluate(dataset, WordEngine())
    assert found.unreadable == 1
    assert found.run.rankings["q2"] == ()
    assert found.metrics.p1 == 2 / 3


def test_a_judged_query_without_a_text_scores_zero():
    dataset = make({"q1": "nước"}, {"q1": {"d1": 1}, "q2": {"d2": 1}})
    assert evaluate(dataset, WordEngine()).metrics.map5 == 1 / 2


def test_other_errors_of_the_core_are_not_hidden(four):
    class Broken(WordMatcher):
        def ask(self, message, *, limit=5):
            raise IndexFormatError("broken")

    with pytest.raises(IndexFormatError):
        evaluate(four, WordEngine(Broken))


def test_a_core_that_leaves_answers_out_is_noticed(four):
    class Silent(WordMatcher):
        def ask_many(self, messages, *, limit=5):
            return iter(())

    with pytest.raises(ValueError, match="shorter"):
        evaluate(four, WordEngine(Silent))


def test_the_order_of_the_core_is_kept_where_its_scores_tie():
    dataset = make({"q1": "chữa"}, {"q1": {"d1": 1}})
    found = evaluate(dataset, WordEngine(), settings=Settings(absent=False))
    assert [s.document for s in found.run.rankings["q1"]] == ["d1", "d2"]
    assert found.metrics.p1 == 1.0  # by the score alone the tie would go to d2


def test_no_more_documents_than_asked_for(four):
    run = evaluate(four, WordEngine(), settings=Settings(depth=1)).run
    assert all(len(ranking) <= 1 for ranking in run.rankings.values())


def test_progress_ends_at_the_total_of_each_stage():
    queries = {f"q{n}": "nước" for n in range(70)}
    calls = []
    dataset = make(queries, {q: {f"d{n % 4 + 1}": 1} for n, q in enumerate(queries)})
    evaluate(dataset, WordEngine(), progress=lambda done, total, stage: calls.append((stage, done, total)))
    last = {stage: (done, total) for stage, done, total in calls}
    assert list(last) == [Stage.INDEX, Stage.ASK, Stage.INDEX_WITHOUT, Stage.ASK_WITHOUT]
    assert last[Stage.INDEX] == (4, 4)
    assert last[Stage.ASK] == last[Stage.ASK_WITHOUT] == (70, 70)
    asked = [done for stage, done, _ in calls if stage is Stage.ASK]
    assert asked == sorted(asked)
    assert len(asked) > 1


def test_times_are_told(four):
    found = evaluate(four, WordEngine())
    assert 0 < found.seconds_asking < found.seconds
