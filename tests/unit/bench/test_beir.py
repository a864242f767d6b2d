import json

import pytest

from kiemtin.bench.beir import BadRow, Document, Fault, Query, iter_documents, iter_jsonl, iter_queries, load
from kiemtin.bench.errors import DataFileMissingError, EmptyDatasetError


@pytest.fixture
def folder(tmp_path):
    documents = [
        {"_id": "d1", "title": "Nước chanh", "text": "Uống nước chanh chữa ung thư."},
        {"_id": "d2", "text": "Hai"},
    ]
    queries = [
        {"_id": "q1", "text": "nước chanh"},
        {"_id": "q2", "text": "không ai biết"},
        {"_id": "q3", "text": "x"},
    ]
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\nq2\td1\t0\nq1\td1\t1\nq1\td2\t0\nq9\td2\t2\n")
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    return tmp_path


def rows(path, content):
    path.write_bytes(content)
    return list(iter_jsonl(path))


def test_lines_are_numbered_and_empty_ones_skipped(tmp_path):
    path = tmp_path / "x.jsonl"
    assert rows(path, b'{"a": 1}\n\n  \n{"b": 2}') == [(1, {"a": 1}), (4, {"b": 2})]


def test_byte_order_mark_and_windows_line_ends(tmp_path):
    assert rows(tmp_path / "x", b'\xef\xbb\xbf{"a": 1}\r\n{"b": 2}\r\n') == [(1, {"a": 1}), (2, {"b": 2})]


def test_a_byte_order_mark_alone_is_an_empty_file(tmp_path):
    assert rows(tmp_path / "x", b"\xef\xbb\xbf") == []


def test_a_bare_return_and_other_control_characters_belong_to_the_text(tmp_path):
    assert rows(tmp_path / "x", b'{"a": "one\rtwo\x00three\tfour\xe2\x80\xa8five"}\n') == [
        (1, {"a": "one\rtwo\x00three\tfour\u2028five"})
    ]


def test_escaped_characters_are_read(tmp_path):
    assert rows(tmp_path / "x", rb'{"a": "\u0000\r\ud83d\ude00\ud800"}') == [(1, {"a": "\0\r😀\ud800"})]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"a": "\xff"}', Fault.NOT_UTF8),
        (b'{"a": ', Fault.NOT_JSON),
        (b"[" * 200_000, Fault.NOT_JSON),
        (b'{"a": ' + b"9" * 5000 + b"}", Fault.NOT_JSON),
        (b"[1]", Fault.NOT_OBJECT),
        (b"null", Fault.NOT_OBJECT),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_is_read(tmp_path, line, reason):
    path = tmp_path / "x.jsonl"
    assert rows(path, b'{"a": 1}\n' + line + b'\n{"b": 2}') == [
        (1, {"a": 1}),
        BadRow(path, 2, reason),
        (3, {"b": 2}),
    ]


def test_a_missing_file_is_a_typed_error(tmp_path):
    with pytest.raises(DataFileMissingError) as caught:
        list(iter_jsonl(tmp_path / "none.jsonl"))
    assert caught.value.params["path"] == tmp_path / "none.jsonl"


def test_a_folder_in_place_of_a_file_is_a_typed_error(tmp_path):
    with pytest.raises(DataFileMissingError):
        list(iter_jsonl(tmp_path))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"_id": "d", "title": "T", "text": "x"}, Document("d", "T", "x")),
        ({"_id": 7, "text": "x"}, Document("7", "", "x")),
        ({"_id": "d", "title": None, "text": "x"}, Document("d", "", "x")),
        ({"_id": "d", "title": "T"}, Document("d", "T", "")),
        (
            {"_id": "d", "text": "x", "metadata": {"wordings": ["a", 1, "b"]}},
            Document("d", "", "x", ("a", "b")),
        ),
        ({"_id": "d", "text": "x", "metadata": {"wordings": "a"}}, Document("d", "", "x")),
        ({"_id": "d", "text": "x", "metadata": []}, Document("d", "", "x")),
        ({"text": "x"}, Fault.NO_ID),
        ({"_id": " ", "text": "x"}, Fault.NO_ID),
        ({"_id": True, "text": "x"}, Fault.NO_ID),
        ({"_id": "\ud800", "text": "x"}, Fault.NO_ID),
        ({"_id": "d", "text": 5}, Fault.NO_TEXT),
    ],
)
def test_documents(tmp_path, row, expected):
    path = tmp_path / "corpus.jsonl"
    path.write_text(json.dumps(row))
    assert list(iter_documents(path)) == [BadRow(path, 1, expected) if isinstance(expected, Fault) else expected]


def test_a_second_row_of_the_same_id_is_bad(tmp_path):
    path = tmp_path / "queries.jsonl"
    path.write_text('{"_id": 1, "text": "a"}\n{"_id": "1", "text": "b"}\n{"_id": "2"}\n')
    assert list(iter_queries(path)) == [
        Query("1", "a"),
        BadRow(path, 2, Fault.SAME_ID),
        BadRow(path, 3, Fault.NO_TEXT),
    ]


def test_load_takes_the_judged_queries_in_the_order_of_the_judgments(folder):
    dataset = load(folder)
    assert dataset.name == folder.name
    assert dataset.split == "test"
    assert [q.id for q in dataset.queries] == ["q2", "q1"]
    assert [d.id for d in dataset.documents] == ["d1", "d2"]
    assert dataset.bad_rows == ()


def test_a_judged_query_without_a_text_stays_judged(folder):
    assert load(folder).relevant == {"q2": frozenset(), "q1": {"d1"}, "q9": {"d2"}}


def test_bad_rows_are_left_out_and_kept_for_the_report(folder):
    with (folder / "corpus.jsonl").open("a") as file:
        file.write("\nnot json\n")
    with (folder / "queries.jsonl").open("a") as file:
        file.write("\n{}\n")
    assert load(folder).bad_rows == (
        BadRow(folder / "corpus.jsonl", 3, Fault.NOT_JSON),
        BadRow(folder / "queries.jsonl", 4, Fault.NO_ID),
    )


@pytest.mark.parametrize(("name", "what"), [("corpus.jsonl", "documents"), ("queries.jsonl", "queries")])
def test_nothing_to_measure_is_an_error(folder, name, what):
    (folder / name).write_text("")
    with pytest.raises(EmptyDatasetError) as caught:
        load(folder)
    assert caught.value.params["what"] == what


def test_the_name_is_that_of_the_folder_also_from_inside(folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert load(folder.__class__()).name == folder.name


def test_first_cuts_judgments_and_queries(folder):
    dataset = load(folder).first(1)
    assert list(dataset.qrels) == ["q2"]
    assert [q.id for q in dataset.queries] == ["q2"]
    assert len(dataset.documents) == 2


def test_without_leaves_documents_out(folder):
    assert [d.id for d in load(folder).without({"d1"})] == ["d2"]


def test_map_queries_changes_texts_only(folder):
    dataset = load(folder).map_queries(str.upper)
    assert dataset.queries == (Query("q2", "KHÔNG AI BIẾT"), Query("q1", "NƯỚC CHANH"))
