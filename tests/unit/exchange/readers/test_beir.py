import pytest

from kiemtin.exchange.readers.base import Meter
from kiemtin.exchange.readers.beir import BeirFolder


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "corpus.jsonl").write_bytes(
        b'{"_id": "1", "title": "m\xe1\xbb\x99t", "text": ""}\n'
        b"nope\n"
        b'{"_id": "1", "title": "again", "text": ""}\n'
        b'{"_id": "2", "title": " ", "text": ""}\n'
        b'{"_id": "3", "title": "", "text": "ba", "metadata": {"wordings": ["three"]}}\n'
        b'{"title": "no id"}\n'
    )
    return tmp_path


def test_the_corpus_is_read_and_the_queries_are_not(folder, read):
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "query"}')
    reader = BeirFolder()
    assert reader.recognises(folder)
    assert read(reader, folder) == [
        ["một"],
        (2, "not-json"),
        (3, "same-id"),
        (None, "no-text"),
        ["ba"],
        (6, "no-id"),
    ]


def test_rows_stand_for_bytes(folder):
    meter = Meter()
    list(BeirFolder().rows(folder, meter))
    assert meter.done == (folder / "corpus.jsonl").stat().st_size


def test_another_folder_is_not_ours(tmp_path):
    assert not BeirFolder().recognises(tmp_path)
