import sqlite3
import threading
from contextlib import closing

import pytest

from kiemtin.config.backup.errors import BadDatabaseError, NoDatabaseError
from kiemtin.config.backup.sqlite import copy
from tests.patience import PATIENCE

from .conftest import count

pytestmark = pytest.mark.sqlite


def test_the_copy_is_one_file_with_its_counts(folder, tmp_path):
    state = copy(folder / "kiemtin.sqlite3", tmp_path / "copy")
    assert state.rows == {"django_migrations": 1, "message": 200}
    assert state.migrations == ("accounts.0001_initial",)
    assert count(tmp_path / "copy") == 200
    assert [path.name for path in tmp_path.glob("copy*")] == ["copy"]
    assert (tmp_path / "copy").read_bytes()[18] == 1  # the file's own word that it has no log beside it


def test_it_sees_what_is_committed_and_still_in_the_log_beside_the_database(folder, tmp_path):
    with closing(sqlite3.connect(folder / "kiemtin.sqlite3", isolation_level=None)) as writer:
        writer.execute("INSERT INTO message (text) VALUES ('vừa hỏi')")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO message (text) VALUES ('chưa xong')")
        assert copy(folder / "kiemtin.sqlite3", tmp_path / "copy").rows["message"] == 201


def test_pairs_written_together_meanwhile_are_there_together(folder, tmp_path):
    path, stop, began, counts = folder / "kiemtin.sqlite3", threading.Event(), threading.Event(), []

    def write():
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as database:
            while not stop.is_set():
                database.execute("BEGIN IMMEDIATE")
                database.execute("INSERT INTO message (text) VALUES ('một')")
                database.execute("INSERT INTO message (text) VALUES ('hai')")
                database.execute("COMMIT")
                began.set()

    thread = threading.Thread(target=write)
    thread.start()
    began.wait(PATIENCE)
    try:
        while len(counts) < 20 or counts[0] == counts[-1]:  # a busy machine lets the writer wait
            counts.append(copy(path, tmp_path / f"copy{len(counts)}").rows["message"])
    finally:
        stop.set()
        thread.join()
    assert all(number % 2 == 0 for number in counts)
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_a_damaged_database_gives_no_copy(folder, tmp_path):
    with closing(sqlite3.connect(folder / "kiemtin.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    content = bytearray((folder / "kiemtin.sqlite3").read_bytes())
    content[8192:12288] = b"\xff" * 4096
    (folder / "kiemtin.sqlite3").write_bytes(content)
    with pytest.raises(BadDatabaseError):
        copy(folder / "kiemtin.sqlite3", tmp_path / "copy")


def test_neither_does_what_is_no_database_or_not_there(tmp_path):
    (tmp_path / "text").write_text("đây không phải cơ sở dữ liệu" * 100)
    with pytest.raises(BadDatabaseError):
        copy(tmp_path / "text", tmp_path / "copy")
    with pytest.raises(NoDatabaseError):
        copy(tmp_path / "gone", tmp_path / "copy2")
    assert not (tmp_path / "gone").exists()
