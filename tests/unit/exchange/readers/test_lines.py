import gzip
import json

import pytest

from kiemtin.exchange.readers import lines as module
from kiemtin.exchange.readers.base import Meter
from kiemtin.exchange.readers.lines import ClaimReviewLines

READER = ClaimReviewLines()


@pytest.fixture
def lines(tmp_path, claim_review):
    def write(*rows):
        path = tmp_path / "checks.ndjson"
        content = [row if isinstance(row, bytes) else json.dumps(claim_review(**row)).encode() for row in rows]
        path.write_bytes(b"\n".join(content) + b"\n")
        return path

    return write


def test_each_line_is_a_row_and_each_bad_line_has_its_reason(lines, read):
    path = lines(
        {"claimReviewed": "một"},
        b"",
        b"not json",
        b"[1]",
        b"7",
        b'{"claimReviewed": "\xff", "url": "https://example.org"}',
        {"claimReviewed": None},
        b'{"@type": "Article"}',
        b"[" * 100_000,
        {"claimReviewed": "cuối"},
    )
    assert read(READER, path) == [
        ["một"],
        (3, "not-json"),
        (4, "no-claim-review"),
        (5, "no-claim-review"),
        (6, "not-utf8"),
        (7, "no-claim"),
        (8, "no-claim-review"),
        (9, "too-deep"),
        ["cuối"],
    ]


def test_a_bare_return_and_other_control_characters_belong_to_the_text(lines, read):
    row = '{"url": "https://example.org", "claimReviewed": "một\rhai\x00ba\tbốn"}'.encode()
    assert read(READER, lines(row, row)) == [["một hai ba bốn"]] * 2


def test_byte_order_mark_and_windows_line_ends(tmp_path, claim_review, read):
    path = tmp_path / "checks.ndjson"
    row = json.dumps(claim_review(claimReviewed="một")).encode()
    path.write_bytes(b"\xef\xbb\xbf" + row + b"\r\n" + row + b"\r\n")
    assert READER.recognises(path)
    assert read(READER, path) == [["một"], ["một"]]


def test_a_line_may_hold_several_reviews(lines, claim_review, read):
    feed_item = {"item": [claim_review(claimReviewed="một"), claim_review(claimReviewed="hai")]}
    assert read(READER, lines(json.dumps(feed_item).encode())) == [["một", "hai"]]


def test_a_row_of_ten_megabytes_is_a_row(lines, read):
    assert read(READER, lines({"claimReviewed": "một", "articleBody": "x" * 10_000_000}, {})) == [
        ["một"],
        ["Tỏi chữa được Covid-19"],
    ]


def test_a_line_beyond_the_limit_is_left_out_and_the_next_is_read(lines, read, monkeypatch):
    monkeypatch.setattr(module, "_LINE_LIMIT", 1_000)
    assert read(READER, lines({"reviewBody": "x" * 5_000}, {"claimReviewed": "hai"})) == [(1, "too-large"), ["hai"]]


def test_gzip_is_read_by_content_and_damage_costs_what_follows(lines, read):
    path = lines(*[{"claimReviewed": f"tin {number}"} for number in range(2_000)])
    packed = gzip.compress(path.read_bytes())
    path.write_bytes(packed)
    assert READER.recognises(path)
    assert len(read(READER, path)) == 2_000
    path.write_bytes(packed[: len(packed) // 2])
    *good, last = read(READER, path)
    assert 0 < len(good) < 2_000
    assert good[0] == ["tin 0"]
    assert last == (len(good) + 1, "broken-gzip")


def test_the_meter_comes_to_the_size(lines):
    path = lines(*[{} for _ in range(300)])
    meter = Meter()
    for _row in READER.rows(path, meter):
        pass
    assert meter.done == path.stat().st_size


@pytest.mark.parametrize(
    ("content", "is_ours"),
    [
        (b'{"a": 1}\n{"a": 2}\n', True),
        (b'broken {\n{"a": 1}\n{"a": 2}\n', True),
        (b'{"a": 1\n{"a": 2}\n', True),  # the first row broken: still rows
        (b'{"a": 1}', False),
        (b'{\n"a": 1\n}', False),
        (b'[{"a": 1},\n{"a": 2}]', False),
        (b"", False),
        (b"a,b\n1,2\n", False),
    ],
)
def test_what_looks_like_rows(tmp_path, content, is_ours):
    path = tmp_path / "x"
    path.write_bytes(content)
    assert READER.recognises(path) is is_ours
