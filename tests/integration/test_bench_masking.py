"""The labelled messages are what their source says, and what is measured on them is what it is called."""

import json
import unicodedata

import pytest

from benchmarks.masking.corpus import DATASET, SPLITS, Row, Span, parse, parsed, read
from benchmarks.masking.maskers import ours
from benchmarks.masking.measure import measure
from benchmarks.masking.report import markdown
from kiemtin.questions.masking import Kind

ROWS = {split: read(split) for split in SPLITS}


@pytest.mark.parametrize("split", SPLITS)
def test_the_files_are_made_of_the_source(split):
    assert ROWS[split] == list(parsed(split))


def test_it_is_as_large_as_it_should_be():
    messages = [row for rows in ROWS.values() for row in rows]
    assert len({row.text for row in messages}) == len({row.key for row in messages}) == len(messages)
    assert sum(row.lang == "vi" for row in messages) >= 400
    assert sum(row.lang == "en" for row in messages) >= 100
    assert {span.kind for row in messages for span in row.spans} == set(Kind)


def test_the_part_that_is_measured_is_new_and_full_of_numbers():
    kinds = [span.kind for row in ROWS["test"] for span in row.spans]
    others = {Kind.EMAIL, Kind.PROFILE, Kind.ADDRESS, Kind.NAME}
    assert sum(kind not in others for kind in kinds) >= 200
    assert {row.key.rsplit("-", 2)[0] for row in ROWS["test"]} == {"test4"}
    assert {row.key.rsplit("-", 2)[0] for row in ROWS["dev"]} == {"dev", "test", "test2", "test3"}
    assert not any(row.spans for row in ROWS["test"] if row.topic.startswith("kept"))


def test_its_description_counts_right():
    readme = (DATASET / "README.md").read_text(encoding="utf-8")
    for split, rows in ROWS.items():
        pieces = sum(len(row.spans) for row in rows)
        languages = [sum(row.lang == lang for row in rows) for lang in ("vi", "en")]
        without = sum(not row.spans for row in rows)
        assert f"| `{split}.jsonl` | {len(rows)} | {languages[0]} | {languages[1]} | {without} | {pieces} |" in readme
    for kind in Kind:
        counts = [sum(span.kind is kind for row in rows for span in row.spans) for rows in ROWS.values()]
        assert f" | {counts[0]} | {counts[1]} |" in next(
            line for line in readme.splitlines() if line.startswith(f"| `{kind}`")
        )


def test_spans_lie_in_their_text_and_apart():
    for row in (row for rows in ROWS.values() for row in rows):
        assert unicodedata.is_normalized("NFC", row.text)
        last = 0
        for span in row.spans:
            assert last <= span.start < span.end <= len(row.text)
            assert row.text[span.start : span.end].strip() == row.text[span.start : span.end]
            last = span.end


def test_markup_becomes_offsets():
    text, spans = parse("Gọi {phone|0912 345 678}⏎gặp {name|Lê Thị Mẫu}")
    assert text == "Gọi 0912 345 678\ngặp Lê Thị Mẫu"
    assert [(text[span.start : span.end], span.kind) for span in spans] == [
        ("0912 345 678", Kind.PHONE),
        ("Lê Thị Mẫu", Kind.NAME),
    ]


@pytest.mark.parametrize("line", ["{phone 0912}", "{phone|}", "{fon|0912}", "a } b"])
def test_broken_markup_is_refused(line):
    with pytest.raises(ValueError, match=r"markup left over|is not a valid Kind"):
        parse(line)


def test_what_is_counted():
    text = "a 0912 345 678 b 1234 c 99 d"
    row = Row("r", "vi", "scam", text, (Span(2, 14, Kind.PHONE), Span(17, 21, Kind.ACCOUNT)))
    kept = Row("k", "vi", "kept-date", "ngày 1", ())

    def masker(text):
        # The phone without the gap before its end, under another name; half of the account; what is nothing.
        return (
            []
            if text == kept.text
            else [Span(2, 6, Kind.CARD), Span(7, 14, Kind.CARD), Span(17, 19, Kind.ACCOUNT), Span(24, 26, Kind.PLATE)]
        )

    measured = measure([row, kept], masker)
    phone, account = measured.kinds[Kind.PHONE], measured.kinds[Kind.ACCOUNT]
    assert (phone.gold, phone.found, phone.named, phone.predicted) == (1, 1, 0, 0)
    assert (account.gold, account.found, account.predicted, account.right) == (1, 0, 1, 1)
    assert (measured.kinds[Kind.CARD].right, measured.kinds[Kind.PLATE].right) == (2, 0)
    assert measured.numbers().json()["recall"] == 0.5
    assert measured.numbers().json()["precision"] == 0.75
    assert measured.json()["kept"] == {"date": {"messages": 1, "touched": 0}}


def test_numbers_of_dev_are_found_and_little_else():
    figures = measure(ROWS["dev"], ours)
    assert figures.numbers().json()["recall"] >= 0.98
    assert figures.json()["all"]["precision"] >= 0.98
    assert sum(figures.touched.values()) <= 3


def test_the_page_is_written_from_the_raw_figures():
    results = DATASET.parents[1] / "benchmarks" / "results" / "masking.json"
    result = json.loads(results.read_text())
    page = markdown(result)
    assert f"| Vietnamese, test | {result['parts']['test-vi']['messages']} | ours |" in page
    assert "| `passport` |" in page
