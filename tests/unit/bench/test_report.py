import json
from dataclasses import replace

import pytest

from kiemtin.bench.absent import BandCounts, Ratio, Tally
from kiemtin.bench.beir import BadRow, Dataset, Document, Fault, Query
from kiemtin.bench.evaluate import Evaluation
from kiemtin.bench.report import Report
from kiemtin.bench.runs import Run
from kiemtin.bench.scoring import Metrics

KEYS = [
    "dataset",
    "split",
    "queries",
    "documents",
    "encoder",
    "map@5",
    "mrr",
    "p@1",
    "recall@5",
    "recall@20",
    "answer_precision",
    "answer_coverage",
    "false_answer_rate",
    "counts",
    "seconds",
    "ms_per_query",
]


@pytest.fixture
def evaluation(tmp_path):
    queries = (Query("q1", "a"), Query("q2", "b"))
    dataset = Dataset(
        name="tiny",
        split="dev",
        documents=(Document("d1", "", "x"),),
        queries=queries,
        qrels={"q1": {"d1": 1}, "q2": {"d1": 0}, "q3": {"d1": 1}},
        bad_rows=(BadRow(tmp_path, 1, Fault.NO_ID),),
    )
    return Evaluation(
        dataset=dataset,
        run=Run({}),
        metrics=Metrics(map5=0.5, mrr=0.25, p1=0.125, recall5=0.75, recall20=1.0),
        absent=Tally(BandCounts(6, 2, 2), BandCounts(1, 3, 0), right=5, removed=4),
        divisions=2,
        unreadable=1,
        seconds=2.00049,
        seconds_asking=0.5,
    )


def test_json_has_exactly_these_keys(evaluation):
    assert list(Report(evaluation, "tiny-encoder").as_json()) == KEYS


def test_json_by_hand(evaluation):
    found = json.loads(json.dumps(Report(evaluation, "tiny-encoder").as_json()))
    assert found["dataset"] == "tiny"
    assert found["split"] == "dev"
    assert (found["queries"], found["documents"], found["encoder"]) == (2, 1, "tiny-encoder")
    assert [found[k] for k in KEYS[5:10]] == [0.5, 0.25, 0.125, 0.75, 1.0]
    assert found["answer_precision"] == 5 / 7
    assert found["answer_coverage"] == 5 / 10
    assert found["false_answer_rate"] == 1 / 4
    assert (found["seconds"], found["ms_per_query"]) == (2.0, 250.0)


def test_counts_by_hand(evaluation):
    assert Report(evaluation, None).as_json()["counts"] == {
        "judged": 3,
        "with_answer": 2,
        "without_text": 1,
        "unreadable": 1,
        "bad_rows": 1,
        "answer_precision": {"numerator": 5, "denominator": 7},
        "answer_coverage": {"numerator": 5, "denominator": 10},
        "false_answer_rate": {"numerator": 1, "denominator": 4},
        "answerable": {
            "queries": 10,
            "answer": 6,
            "maybe": 2,
            "none": 2,
            "answer_share": 0.6,
            "maybe_share": 0.2,
            "none_share": 0.2,
        },
        "not_in_database": {
            "queries": 4,
            "answer": 1,
            "maybe": 3,
            "none": 0,
            "answer_share": 0.25,
            "maybe_share": 0.75,
            "none_share": 0.0,
        },
        "removed_documents": 4,
        "divisions": 2,
    }


def test_what_was_not_measured_is_null_and_has_no_row(evaluation):
    report = Report(replace(evaluation, absent=None, divisions=0), None)
    found = report.as_json()
    assert list(found) == KEYS
    assert found["answer_precision"] is found["false_answer_rate"] is found["encoder"] is None
    assert "answer_precision" not in found["counts"]
    assert [row.name for row in report.rows()] == ["map@5", "mrr", "p@1", "recall@5", "recall@20"]


def test_nobody_answered_is_null(evaluation):
    nobody = replace(evaluation, absent=Tally(BandCounts(none=3), BandCounts(none=2)))
    found = Report(nobody, None).as_json()
    assert found["answer_precision"] is None
    assert found["answer_coverage"] == found["false_answer_rate"] == 0.0


def test_rows_carry_what_they_are_made_of(evaluation):
    rows = {row.name: row for row in Report(evaluation, None).rows()}
    assert len(rows) == 5 + 3 + 6
    assert rows["answer_precision"].ratio == Ratio(5, 7)
    assert rows["map@5"].ratio is None
    assert rows["not_in_database: maybe"].value == 3 / 4
    assert rows["answerable: none"].ratio == Ratio(2, 10)
