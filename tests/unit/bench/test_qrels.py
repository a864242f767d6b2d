import pytest

from kiemtin.bench.errors import DataFileMissingError, QrelsFormatError, UnknownSplitError
from kiemtin.bench.qrels import read_qrels, splits

HEADER = "query-id\tcorpus-id\tscore\n"


def write(folder, content, split="test"):
    (folder / "qrels").mkdir(exist_ok=True)
    (folder / "qrels" / f"{split}.tsv").write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def test_keeps_the_order_and_the_grades(tmp_path):
    write(tmp_path, HEADER + "q2\td1\t0\nq1\td2\t2\nq2\td3\t1\n")
    qrels = read_qrels(tmp_path, "test")
    assert qrels == {"q2": {"d1": 0, "d3": 1}, "q1": {"d2": 2}}
    assert list(qrels) == ["q2", "q1"]


def test_reads_a_byte_order_mark_and_windows_line_ends(tmp_path):
    write(tmp_path, b"\xef\xbb\xbf" + (HEADER + "q1\td1\t1\n\n").replace("\n", "\r\n").encode())
    assert read_qrels(tmp_path, "test") == {"q1": {"d1": 1}}


def test_without_a_header_the_first_judgment_is_not_lost(tmp_path):
    write(tmp_path, "q1\td1\t1\nq2\td1\t1\n")
    assert list(read_qrels(tmp_path, "test")) == ["q1", "q2"]


def test_ids_may_hold_spaces(tmp_path):
    write(tmp_path, HEADER + "câu 1\ttài liệu 1\t1\n")
    assert read_qrels(tmp_path, "test") == {"câu 1": {"tài liệu 1": 1}}


@pytest.mark.parametrize(
    ("row", "line"),
    [("q1\td1", 3), ("q1\td1\tone", 3), ("q1\td1\t1.5", 3), ("q1 d1 1", 3), ("\td1\t1", 3), ("q0\td0\t2", 3)],
)
def test_a_bad_line_is_named(tmp_path, row, line):
    write(tmp_path, HEADER + "q0\td0\t1\n" + row + "\n")
    with pytest.raises(QrelsFormatError) as caught:
        read_qrels(tmp_path, "test")
    assert caught.value.params["line"] == line


def test_the_same_judgment_twice_is_one(tmp_path):
    write(tmp_path, HEADER + "q0\td0\t1\nq0\td0\t1\n")
    assert read_qrels(tmp_path, "test") == {"q0": {"d0": 1}}


def test_bytes_that_are_not_utf8_are_named_by_line(tmp_path):
    write(tmp_path, HEADER.encode() + b"q1\td1\t1\nq\xff\td1\t1\n")
    with pytest.raises(QrelsFormatError) as caught:
        read_qrels(tmp_path, "test")
    assert caught.value.params["line"] == 3


def test_an_unknown_split_says_which_exist(tmp_path):
    write(tmp_path, HEADER, "train")
    write(tmp_path, HEADER, "dev")
    with pytest.raises(UnknownSplitError, match="it has: dev, train") as caught:
        read_qrels(tmp_path, "test")
    assert caught.value.params["splits"] == ("dev", "train")
    assert caught.value.params["split"] == "test"


def test_a_split_is_a_name_and_not_a_path(tmp_path):
    write(tmp_path, HEADER, "test")
    with pytest.raises(UnknownSplitError):
        read_qrels(tmp_path, "../qrels/test")


def test_a_folder_without_judgments_is_refused(tmp_path):
    with pytest.raises(DataFileMissingError):
        splits(tmp_path)
