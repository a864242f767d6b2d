import json

import pytest

from kiemtin.exchange.exceptions import UnknownFormatError, UnreadableFileError
from kiemtin.exchange.readers.registry import READERS, reader_for


def test_names_are_unique():
    assert len({reader.name for reader in READERS}) == len(READERS)


def test_content_decides_and_not_the_name(tmp_path, claim_review):
    path = tmp_path / "checks.csv"
    path.write_text(json.dumps(claim_review()))
    assert reader_for(path).name == "claimreview-document"
    path.write_text(json.dumps(claim_review()) + "\n" + json.dumps(claim_review()))
    assert reader_for(path).name == "claimreview-lines"


@pytest.mark.parametrize("content", [b"", b" \n", b"a,b\n1,2\n", b"\x1f\x8b", b"PK\x03\x04", b"\xff\xfe{\x00"])
def test_unknown_content(tmp_path, content):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    with pytest.raises(UnknownFormatError):
        reader_for(path)


def test_an_empty_folder(tmp_path):
    with pytest.raises(UnknownFormatError):
        reader_for(tmp_path)


def test_a_missing_file(tmp_path):
    with pytest.raises(UnreadableFileError):
        reader_for(tmp_path / "nowhere")
