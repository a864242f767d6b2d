import csv
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.integration.conftest import CLAIMS

pytestmark = pytest.mark.once

TEXTS = [*CLAIMS, "", "Quán phở đầu ngõ hôm nay mở cửa không nhỉ", "x" * 200_000]


@pytest.fixture
def library(kiemtin, checks):
    assert kiemtin("import", "--no-encoder", checks).status == 0
    return kiemtin


def write(path):
    rows = [{"id": f"m{number}", "text": text} for number, text in enumerate(TEXTS)]
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            table = csv.DictWriter(file, ["id", "text"])
            table.writeheader()
            table.writerows(rows)
    elif path.suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, rows)))
    else:
        pq.write_table(pa.Table.from_pylist(rows), path)
    return path


def read(path):
    if path.suffix == ".csv":
        csv.field_size_limit(1 << 20)
        with path.open(newline="", encoding="utf-8") as file:
            return list(csv.DictReader(file))
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return pq.read_table(path).to_pylist()


@pytest.mark.parametrize(("source", "target"), [(".csv", ".jsonl"), (".jsonl", ".parquet"), (".parquet", ".csv")])
def test_each_row_in_has_a_row_out_in_order(library, tmp_path, source, target):
    out = tmp_path / f"out{target}"
    result = library("match", "--no-encoder", write(tmp_path / f"messages{source}"), "--out", out)
    assert result.status == 1, result.err  # two rows cannot be asked
    rows = read(out)
    assert [row["id"] for row in rows] == [f"m{number}" for number in range(len(TEXTS))]
    assert [row["text"] for row in rows] == TEXTS
    assert [row["claim"] for row in rows[: len(CLAIMS)]] == CLAIMS
    assert [bool(row["error"]) for row in rows] == [*[False] * len(CLAIMS), True, False, True]
    assert rows[6]["band"] == rows[8]["band"] == "none"
    assert "2 could not be asked" in result.out
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == [out.name]


def test_it_says_the_same_as_ask(library, tmp_path):
    out = tmp_path / "out.jsonl"
    library("match", "--no-encoder", write(tmp_path / "messages.csv"), "--out", out)
    asked = library("ask", "--json", "--no-encoder", CLAIMS[2]).json()
    row = read(out)[2]
    assert (row["band"], row["matches"], row["guards"]) == (asked["band"], asked["matches"], asked["guards"])


def test_what_is_missing_is_said_before_any_work(library, kiemtin, tmp_path):
    messages = write(tmp_path / "messages.csv")
    result = library("match", messages, "--out", tmp_path / "out.csv", "--column", "body")
    assert result.status == 2
    assert "has no column “body”. There are: id, text" in result.err
    assert library("match", messages, "--out", tmp_path / "out.xlsx").status == 2
    assert library("match", tmp_path / "nowhere.csv", "--out", tmp_path / "out.csv").status == 2
    assert not (tmp_path / "out.csv").exists()


def test_an_earlier_result_stays_when_the_new_one_fails(library, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("earlier")
    (tmp_path / "broken.parquet").write_text("no parquet")
    assert library("match", tmp_path / "broken.parquet", "--out", out).status == 2
    assert out.read_text() == "earlier"


def test_an_empty_library(kiemtin, tmp_path):
    result = kiemtin("match", write(tmp_path / "messages.csv"), "--out", tmp_path / "out.csv")
    assert result.status == 2
    assert "kiemtin import FILE" in result.err
