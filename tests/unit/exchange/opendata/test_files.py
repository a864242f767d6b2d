import csv
import datetime as dt
from types import SimpleNamespace

import pyarrow.parquet as pq
import pytest

from kiemtin.exchange.opendata import files
from kiemtin.exchange.opendata.files import write_table
from kiemtin.exchange.opendata.shape import Column, Kind, Table

TABLE = Table(
    "all",
    "All kinds",
    "",
    ("id",),
    (
        Column("id", Kind.COUNT, ""),
        Column("text", Kind.TEXT, ""),
        Column("share", Kind.SHARE, ""),
        Column("flag", Kind.FLAG, ""),
        Column("day", Kind.DAY, "", optional=True, dates=True),
        Column("moment", Kind.MOMENT, "", optional=True, dates=True),
        Column("texts", Kind.TEXTS, ""),
    ),
)
EVIL = 'bare \r return, "quote"\nline; comma, \r\n=1+1 ơ'


def row(number=1, **fields):
    given = {"text": EVIL, "share": 0.1, "flag": True, "day": None, "moment": None, "texts": ['a, "b"', "ă\r"]}
    return SimpleNamespace(id=number, **(given | fields))


@pytest.fixture
def write(tmp_path):
    def make(rows, name="one"):
        places = {"csv_path": tmp_path / f"{name}.csv", "parquet_path": tmp_path / f"{name}.parquet"}
        return write_table(TABLE, rows, **places), *places.values()

    return make


def test_both_hold_the_same_whatever_is_in_a_text(write):
    moment = dt.datetime(2026, 11, 24, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    _, as_csv, as_parquet = write([row(moment=moment, day=dt.date(2026, 1, 2)), row(2)])
    with as_csv.open(newline="", encoding="utf-8") as file:
        head, first, second = csv.reader(file)
    assert head == list(TABLE.names)
    expected = ["1", EVIL, "0.1", "true", "2026-01-02", "2026-11-24T16:30:00Z", '["a, \\"b\\"", "ă\\r"]']
    assert first == expected
    assert second[4:6] == ["", ""]
    assert b",0.1,true,2026-01-02," in as_csv.read_bytes()
    rows = pq.read_table(as_parquet).to_pylist()
    assert rows[0] == {**vars(row()), "day": dt.date(2026, 1, 2), "moment": moment}
    assert rows[1]["moment"] is None


@pytest.mark.parametrize("text", ["=1+1", "+84 988", "-2 lần", "@ai đó", "\tA", "\rA", "＝1"])
def test_no_text_is_a_formula_in_a_spreadsheet(write, text):
    _, as_csv, as_parquet = write([row(text=text, share=-0.5)])
    with as_csv.open(newline="", encoding="utf-8") as file:
        _, cells = csv.reader(file)
    assert cells[1:3] == [f"'{text}", "-0.5"]
    assert pq.read_table(as_parquet).to_pylist()[0]["text"] == text


def test_the_same_rows_give_the_same_bytes(write):
    rows = [row(number) for number in range(50)]
    _, *first = write(rows)
    _, *second = write(rows, "two")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_an_empty_table_still_has_its_columns(write):
    (count, latest), as_csv, as_parquet = write([])
    assert (count, latest) == (0, dt.date.min)
    assert as_csv.read_text() == ",".join(TABLE.names) + "\n"
    assert pq.read_schema(as_parquet).names == list(TABLE.names)


def test_it_returns_how_many_and_the_latest_day(write, monkeypatch):
    monkeypatch.setattr(files, "_GROUP", 2)
    days = [dt.date(2026, 3, 1), None, dt.date(2026, 5, 1), dt.date(2026, 4, 1), None]
    (count, latest), _, as_parquet = write([row(number, day=day) for number, day in enumerate(days)])
    assert (count, latest) == (5, dt.date(2026, 5, 1))
    assert pq.read_metadata(as_parquet).num_row_groups == 3


def test_only_a_group_of_rows_is_in_memory(write, monkeypatch):
    monkeypatch.setattr(files, "_GROUP", 10)
    alive, most = 0, 0

    class Counted(SimpleNamespace):
        def __del__(self):
            nonlocal alive
            alive -= 1

    def rows():
        nonlocal alive, most
        for number in range(100):
            alive += 1
            most = max(most, alive)
            yield Counted(**vars(row(number)))

    write(rows())
    assert most <= 11


def test_a_row_must_have_what_is_not_optional(write):
    with pytest.raises(AttributeError):
        write([SimpleNamespace(id=1)])
