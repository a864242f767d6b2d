import hashlib
import stat

import pytest

from kiemtin.checks import copy_store
from kiemtin.checks.copy_store import path_of, put
from kiemtin.checks.exceptions import CopyTooLargeError, EmptyTextError


def test_a_file_lies_under_its_hash(data, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1")
    kept = put(tmp_path / "a.pdf")
    assert (kept.sha256, kept.size) == (hashlib.sha256(b"%PDF-1").hexdigest(), 6)
    path = path_of(kept.sha256)
    assert path.is_relative_to(data / "copies")
    assert path.read_bytes() == b"%PDF-1"
    assert not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH), "nobody writes to it by accident"


def test_the_same_file_is_stored_once_and_never_written_over(data):
    path = path_of(put(b"abc").sha256)
    before = path.stat().st_ino
    assert put(b"abc").sha256 == path.name
    assert path.stat().st_ino == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_nothing_and_too_much_are_refused_and_leave_nothing(data, monkeypatch, tmp_path):
    monkeypatch.setattr(copy_store, "LARGEST_COPY", 10)
    put(b"x" * 10)
    (tmp_path / "big").write_bytes(b"x" * 11)
    with pytest.raises(CopyTooLargeError):
        put(tmp_path / "big")
    with pytest.raises(EmptyTextError):
        put(b"")
    assert len(list((data / "copies").glob("*/*"))) == 1


def test_a_disk_that_fails_leaves_no_half_a_file(data, monkeypatch):
    def full(handle):
        raise OSError("no space left")

    monkeypatch.setattr(copy_store.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        put(b"abc")
    assert [path for path in (data / "copies").rglob("*") if path.is_file()] == []
