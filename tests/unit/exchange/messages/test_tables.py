import csv
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kiemtin.exchange.messages.base import Place
from kiemtin.exchange.messages.exceptions import MissingColumnError, UnreadableMessagesError
from kiemtin.exchange.messages.registry import SUFFIXES, is_known, reader_of, writer_of
from kiemtin.exchange.messages.rows import COLUMNS, MessageFault, MessageRow, ResultRow, message_row


def read(path, column="text"):
    return list(reader_of(path).rows(path, column, Place()))


def csv_file(tmp_path, content):
    path = tmp_path / "messages.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        (("1", "tin"), MessageRow("1", "tin")),
        ((7, "tin"), MessageRow("7", "tin")),
        ((None, "tin"), MessageRow("", "tin")),
        (("1", " "), MessageRow("1", " ", MessageFault.NO_TEXT)),
        (("1", None), MessageRow("1", "", MessageFault.NO_TEXT)),
        (("1", 5), MessageRow("1", "", MessageFault.NO_TEXT)),
        (("1", "t\udcff"), MessageRow("1", "t\ufffd", MessageFault.NOT_UTF8)),
        (("\ud800", "tin"), MessageRow("\ufffd", "tin")),
    ],
)
def test_cells_to_row(cells, row):
    assert message_row(*cells) == row


def test_csv(tmp_path):
    path = csv_file(tmp_path, 'id,text,other\r\n1,"Tỏi, ""thật"" sao?",x\r\n2,"hai\ndòng",y\n'.encode())
    assert read(path) == [MessageRow("1", 'Tỏi, "thật" sao?'), MessageRow("2", "hai\ndòng")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_each_delimiter_with_byte_order_mark(tmp_path, delimiter):
    path = csv_file(tmp_path, f"\ufeffid{delimiter}text\n1{delimiter}tin\n".encode())
    assert read(path) == [MessageRow("1", "tin")]


def test_a_bare_return_splits_no_row(tmp_path):
    path = csv_file(tmp_path, b'id,text\n1,mot\rhai\n2,"ba\rbon"\n3,nam\r\n')
    assert read(path) == [MessageRow("1", "mot\rhai"), MessageRow("2", "ba\rbon"), MessageRow("3", "nam")]


def test_bad_rows_of_csv_keep_their_place(tmp_path):
    path = csv_file(tmp_path, b"id,text\n1,mot\n2\n3,b\xffa\n4,bon\n")
    assert [(row.id, row.fault) for row in read(path)] == [
        ("1", None),
        ("2", MessageFault.NO_TEXT),
        ("3", MessageFault.NOT_UTF8),
        ("4", None),
    ]


def test_a_nul_and_a_huge_cell_are_read(tmp_path):
    path = csv_file(tmp_path, b"text\na\x00b\n" + b"x" * 1_000_000 + b"\n")
    assert [len(row.text) for row in read(path)] == [3, 1_000_000]


def test_jsonl(tmp_path):
    path = tmp_path / "messages.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": 1, "text": "m\xe1\xbb\x99t"}\n\n{"_id": "b", "text": "hai"}\n'
        b'nope\n{"id": 3}\n[1]\n"\xff"\n'
    )
    assert read(path) == [
        MessageRow("1", "một"),
        MessageRow("b", "hai"),
        MessageRow("", "", MessageFault.NOT_READABLE),
        MessageRow("3", "", MessageFault.NO_TEXT),
        MessageRow("", "", MessageFault.NOT_READABLE),
        MessageRow("", "", MessageFault.NOT_UTF8),
    ]


def test_parquet(tmp_path):
    path = tmp_path / "messages.parquet"
    pq.write_table(pa.table({"id": [1, 2, 3], "text": ["một", None, "ba"], "other": [0, 0, 0]}), path)
    place = Place()
    rows = list(reader_of(path).rows(path, "text", place))
    assert rows == [
        MessageRow("1", "một"),
        MessageRow("2", "", MessageFault.NO_TEXT),
        MessageRow("3", "ba"),
    ]
    assert place == Place(3, 3)


def test_the_place_comes_to_the_size(tmp_path):
    path = csv_file(tmp_path, "id,text\n1,Tỏi\n2,hai\r\n".encode())
    place = Place()
    list(reader_of(path).rows(path, "text", place))
    assert place.done == place.total == path.stat().st_size


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_missing_column_is_told_with_those_there_are(tmp_path, suffix):
    path = tmp_path / f"messages{suffix}"
    if suffix == ".csv":
        path.write_text("id,body\n1,x\n")
    else:
        pq.write_table(pa.table({"id": [1], "body": ["x"]}), path)
    with pytest.raises(MissingColumnError) as error:
        read(path)
    assert error.value.columns == ("id", "body")
    assert read(path, "body") == [MessageRow("1", "x")]


def test_an_empty_csv_has_no_column(tmp_path):
    with pytest.raises(MissingColumnError):
        read(csv_file(tmp_path, b""))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_missing_file(tmp_path, suffix):
    with pytest.raises(UnreadableMessagesError):
        read(tmp_path / f"nowhere{suffix}")


def test_not_parquet(tmp_path):
    (tmp_path / "x.parquet").write_text("hello")
    with pytest.raises(UnreadableMessagesError):
        read(tmp_path / "x.parquet")


def test_parquet_whose_texts_are_none(tmp_path):
    column = pa.StringArray.from_buffers(1, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"a\xff"))
    pq.write_table(pa.table({"text": column}), tmp_path / "x.parquet")
    with pytest.raises(UnreadableMessagesError):
        read(tmp_path / "x.parquet")


RESULTS = [
    ResultRow(
        id="1",
        text='Tin "một",\r\nhai\rba',
        band="answer",
        probability=0.975,
        key="k",
        near_copy=True,
        guards="numbers dates",
        encoder=True,
        matches='[{"key": "k"}]',
    ),
    ResultRow(id="2", error="it has no text"),
]


def written(path):
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return pq.read_table(path).to_pylist()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_results_are_written_with_all_columns_in_order(tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    with writer_of(path, target=path) as writer:
        writer.write(RESULTS[:1])
        writer.write(RESULTS[1:])
    rows = written(path)
    assert [tuple(row) for row in rows] == [COLUMNS, COLUMNS]
    assert [row["id"] for row in rows] == ["1", "2"]
    assert rows[0]["text"] == 'Tin "một",\r\nhai\rba'
    assert float(rows[0]["probability"]) == 0.975
    assert rows[1]["band"] == "none"
    assert rows[1]["error"] == "it has no text"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_text_is_a_formula_in_a_spreadsheet(tmp_path, suffix):
    path = tmp_path / f"out{suffix}"
    with writer_of(path, target=path) as writer:
        writer.write([ResultRow(id="-1", text="=1+1", claim="@ai", url="https://a.example", probability=0.5)])
    (row,) = written(path)
    mark = "'" if suffix == ".csv" else ""
    assert (row["id"], row["text"], row["claim"]) == (f"{mark}-1", f"{mark}=1+1", f"{mark}@ai")
    assert (row["url"], float(row["probability"])) == ("https://a.example", 0.5)


def test_json_results_hold_lists_and_no_texts_of_lists(tmp_path):
    path = tmp_path / "out.jsonl"
    with writer_of(path, target=path) as writer:
        writer.write(RESULTS)
    first = written(path)[0]
    assert first["guards"] == ["numbers", "dates"]
    assert first["matches"] == [{"key": "k"}]


def test_known_names():
    from pathlib import Path

    assert is_known(Path("a.CSV"))
    assert not is_known(Path("a.xlsx"))
