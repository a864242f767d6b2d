import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiemtin.bench.errors import DataFileMissingError, RunFormatError
from kiemtin.bench.metrics import ranked
from kiemtin.bench.runs import Run, Scored, in_order, read_run, trec_id, write_run


def test_scores_that_fall_are_kept():
    assert in_order([("a", 2.0), ("b", 0.5)]) == (Scored("a", 2.0), Scored("b", 0.5))


def test_ties_are_broken_in_the_order_given():
    ranking = in_order([("a", 1.0), ("b", 1.0), ("c", 1.0 - 1e-12)])
    assert ranked({s.document: s.score for s in ranking}) == ("a", "b", "c")
    assert ranking[0].score == 1.0
    assert ranking[2].score == pytest.approx(1.0, abs=1e-6)


@given(st.lists(st.floats(), max_size=40))
def test_any_numbers_keep_the_order_given(scores):
    names = [f"d{n:02}" for n in range(len(scores))]
    scores = [score for score in scores if score > -1e30 or math.isnan(score)]
    ranking = in_order(zip(names, scores, strict=False))
    assert [s.document for s in ranking] == names[: len(scores)]
    assert ranked({s.document: s.score for s in ranking}) == tuple(names[: len(scores)])
    assert all(float(np.float32(s.score)) == s.score for s in ranking)


def test_the_file_has_six_columns(tmp_path):
    write_run(Run({"q1": (Scored("d1", 0.25), Scored("d2", -1.0)), "q2": ()}), tmp_path / "r", tag="x")
    assert (tmp_path / "r").read_bytes() == b"q1 Q0 d1 1 0.25 x\nq1 Q0 d2 2 -1.0 x\n"


@given(st.dictionaries(st.sampled_from("đêz"), st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=5), min_size=1))
def test_what_is_written_is_read_back_the_same(tmp_path_factory, scores):
    run = Run({q: in_order((f"d{n}", s) for n, s in enumerate(values)) for q, values in scores.items()})
    path = tmp_path_factory.mktemp("run") / "x.run"
    write_run(run, path)
    assert read_run(path) == run


def test_white_space_in_ids_does_not_add_columns(tmp_path):
    write_run(Run({"câu 1": (Scored("d\u00a0\u0085\t1", 1.0),)}), tmp_path / "r")
    assert read_run(tmp_path / "r") == Run({"câu%201": (Scored("d%C2%A0%C2%85%091", 1.0),)})


def test_other_ids_are_written_as_they_are():
    assert trec_id("https://vi.dụ/a%20b?c=1#d") == "https://vi.dụ/a%20b?c=1#d"


@pytest.mark.parametrize(
    "line",
    ["q Q0 d 1 0.5", "q Q0 d 1 0.5 tag more", "q Q0 d 1 high tag", "q Q0 d 1 nan tag", "q Q0 d 1 inf tag"],
)
def test_a_bad_line_is_named(tmp_path, line):
    (tmp_path / "r").write_text("q Q0 e 1 1.0 tag\n\n" + line + "\n")
    with pytest.raises(RunFormatError) as caught:
        read_run(tmp_path / "r")
    assert caught.value.params["line"] == 3


@pytest.mark.parametrize("again", ["1.0", "0.5"])
def test_a_document_ranked_twice_is_refused(tmp_path, again):
    (tmp_path / "r").write_text(f"q Q0 d 1 1.0 tag\nq Q0 d 2 {again} tag\n")
    with pytest.raises(RunFormatError, match="ranked twice"):
        read_run(tmp_path / "r")


def test_tabs_and_windows_line_ends_are_read(tmp_path):
    (tmp_path / "r").write_bytes(b"\xef\xbb\xbfq\tQ0\td\t1\t0.5\ttag\r\n")
    assert read_run(tmp_path / "r") == Run({"q": (Scored("d", 0.5),)})


def test_a_file_that_is_no_text_or_missing_is_refused(tmp_path):
    (tmp_path / "r").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RunFormatError):
        read_run(tmp_path / "r")
    with pytest.raises(DataFileMissingError):
        read_run(tmp_path / "none")


def test_scores_of_an_unknown_query():
    assert Run({}).scores("q") == {}
