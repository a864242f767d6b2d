"""The command from the outside, on a tiny folder and the real matching core without its model."""

import json

import ir_measures
import pytest
from click.testing import CliRunner
from ir_measures import AP, RR, P, R

from kiemtin.config.commands import eval as module
from kiemtin.retrieval.errors import EncoderUnavailableError

DOCUMENTS = {
    "d1": ("Nước chanh chữa ung thư", "Uống nước chanh nóng mỗi sáng chữa khỏi ung thư."),
    "d2": ("Trúng thưởng xe máy", "Bạn đã trúng thưởng xe máy, hãy gửi phí nhận thưởng."),
    "d3": ("Điện thoại nổ khi sạc", "Vừa sạc vừa nghe làm điện thoại nổ vì sóng."),
    "d 4": ("Tỏi nướng trị cúm", "Ăn tỏi nướng trong ba ngày sẽ hết cúm."),
}
QUERIES = {
    "q1": "uống nước chanh nóng chữa khỏi ung thư phải không",
    "q2": "tin nhắn báo trúng thưởng xe máy gửi phí",
    "q3": "vừa sạc vừa nghe điện thoại có nổ không",
    "q4": "ăn tỏi nướng ba ngày hết cúm",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("KIEMTIN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    corpus = [{"_id": key, "title": title, "text": text} for key, (title, text) in DOCUMENTS.items()]
    queries = [{"_id": key, "text": text} for key, text in QUERIES.items()]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)))
    judged = "\n".join(f"{q}\t{d}\t1" for q, d in zip(QUERIES, DOCUMENTS, strict=True))
    (folder / "qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\n" + judged)
    return folder


def run(*arguments):
    return CliRunner().invoke(module.eval_command, [*map(str, arguments)])


def figures(*arguments):
    result = run(*arguments, "--json", "--no-encoder")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_json_is_one_object_alone_on_standard_output(folder):
    found = figures(folder)
    assert (found["dataset"], found["split"], found["encoder"]) == ("tiny", "test", None)
    assert (found["queries"], found["documents"]) == (4, 4)
    assert found["map@5"] == found["p@1"] == found["recall@20"] == 1.0
    assert found["counts"]["not_in_database"]["queries"] == 2


def test_the_run_file_gives_the_same_figures_to_ir_measures(folder, tmp_path):
    found = figures(folder, "--run-file", tmp_path / "x.run", "--fields", "folded,chars")
    run = list(ir_measures.read_trec_run(str(tmp_path / "x.run")))
    qrels = {q: {d.replace(" ", "%20"): 1} for q, d in zip(QUERIES, DOCUMENTS, strict=True)}
    reference = ir_measures.calc_aggregate([AP @ 5, RR, P @ 1, R @ 5, R @ 20], qrels, run)
    assert [found[k] for k in ("map@5", "mrr", "p@1", "recall@5", "recall@20")] == [
        reference[m] for m in (AP @ 5, RR, P @ 1, R @ 5, R @ 20)
    ]


def test_the_run_file_is_named_after_the_data_set(folder, tmp_path):
    result = run(folder, "--no-encoder", "--no-absent")
    assert result.exit_code == 0
    assert (tmp_path / "tiny-test.run").read_text().splitlines()[0].startswith("q1 Q0 d1 1 ")
    assert "tiny-test.run" in result.stderr
    assert "tiny-test.run" not in result.stdout


def test_the_table_shows_each_measure(folder):
    result = run(folder, "--no-encoder")
    for label in module._labels().values():
        assert label in result.stdout
    assert "1.0000" in result.stdout


def test_every_row_of_a_report_has_a_label(folder):
    assert set(module._stage_names()) == set(module.Stage)


def test_without_the_protocol_its_measures_are_null(folder):
    assert figures(folder, "--no-absent")["false_answer_rate"] is None


def test_queries_can_be_cut_and_changed(folder, monkeypatch):
    asked = []
    real = module.evaluate
    monkeypatch.setattr(
        module, "evaluate", lambda dataset, *a, **k: asked.append(dataset.queries) or real(dataset, *a, **k)
    )
    figures(folder, "--limit-queries", 1, "--strip-diacritics", "--old-tones", "--no-absent")
    figures(folder, "--nfd", "--no-absent")
    assert [q.text for q in asked[0]] == ["uong nuoc chanh nong chua khoi ung thu phai khong"]
    assert asked[1][1].text.startswith("tin nha\u0306\u0301n ba\u0301o")


def test_bad_rows_are_named_and_do_not_stop(folder):
    with (folder / "corpus.jsonl").open("a") as file:
        file.write("\nbroken\n" * 7)
    result = run(folder, "--no-encoder", "--no-absent", "--json")
    assert result.exit_code == 0
    assert "corpus.jsonl:5" in result.stderr
    assert json.loads(result.stdout)["counts"]["bad_rows"] == 7


def test_an_unknown_split_says_which_exist(folder):
    result = run(folder, "--split", "dev")
    assert result.exit_code == 2
    assert "“dev”" in result.stderr
    assert "test" in result.stderr


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    result = run(folder, "--no-encoder")
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_bad_judgments_are_named_by_line(folder):
    (folder / "qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\n")
    result = run(folder)
    assert result.exit_code == 2
    assert "2" in result.stderr


def test_an_unknown_matcher_is_refused(folder):
    result = run(folder, "--no-encoder", "--fields", "nothing-of-this-name")
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)


def test_no_such_folder(tmp_path):
    assert run(tmp_path / "none").exit_code == 2


def test_a_run_file_that_cannot_be_written_does_not_cost_the_figures(folder, tmp_path):
    result = run(folder, "--no-encoder", "--no-absent", "--run-file", tmp_path / "none/x.run")
    assert result.exit_code == 2
    assert "MAP@5" in result.stdout


def test_a_missing_encoder_is_said_and_does_not_stop(folder, monkeypatch):
    def missing():
        raise EncoderUnavailableError("not installed")

    monkeypatch.setattr(module, "load_encoder", missing)
    result = run(folder, "--json", "--no-absent")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["encoder"] is None
    assert result.stderr.splitlines()[0] == module._("The encoder is not installed: measured by words only.")
