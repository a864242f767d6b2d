"""The disk takes no more while an index is written. Here no file may grow beyond a bound: the system refuses alike."""

import errno
import resource
from contextlib import contextmanager

import numpy as np
import pytest

from kiemtin.retrieval import Index, Record
from kiemtin.retrieval import index as index_module
from kiemtin.retrieval import manifest as manifest_module
from kiemtin.retrieval.arrays import save_array
from kiemtin.retrieval.errors import IndexLockedError, IndexNotWrittenError
from kiemtin.retrieval.lexical import LexicalIndex, store

MORE = [Record(f"new-{number}", f"Tin đồn số {number}", "Nội dung " * 200 + str(number)) for number in range(300)]


@contextmanager
def bounded(size):
    """Let this process write no file beyond a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def old(tmp_path, bag, library):
    with Index.open(tmp_path, encoder=bag, create=True) as index:
        index.add(library)
        index.commit(5)
    return tmp_path


def full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("count", [0, 10, 1000, 100_000])
def test_an_array_is_read_as_it_was_saved_or_is_not_saved(tmp_path, count):
    values = np.arange(count, dtype=np.uint32)
    save_array(tmp_path / "a.npy", values)
    assert np.array_equal(np.load(tmp_path / "a.npy"), values)
    table = np.stack([values, values])
    save_array(tmp_path / "b.npy", table)
    assert np.array_equal(np.load(tmp_path / "b.npy", mmap_mode="r"), table)


@pytest.mark.parametrize("count", [1000, 4096])
def test_an_array_that_has_no_room_is_told_of(tmp_path, count):
    with bounded(4096), pytest.raises(OSError, match="File too large"):
        save_array(tmp_path / "a.npy", np.arange(count, dtype=np.uint32))


def test_words_that_have_no_room_are_told_of(old, bag):
    words = LexicalIndex(old / "lexical")
    with bounded(1000), pytest.raises(IndexNotWrittenError):
        _store(words)
    words.close()
    _goes_on(old, bag)


def _store(words):
    for slot, record in enumerate(MORE, start=1000):
        words.add(store(record, slot))
    words.commit()


def test_a_batch_that_has_no_room_leaves_what_was_there(old, bag):
    with bounded(20_000), pytest.raises(IndexNotWrittenError):
        _take_more(old, bag)
    _goes_on(old, bag)


@pytest.mark.parametrize("place", ["vectors", "near copies", "arrays", "manifest"])
def test_whatever_else_has_no_room_leaves_what_was_there(old, bag, monkeypatch, place):
    with monkeypatch.context() as patch, Index.open(old, encoder=bag) as index:
        {
            "vectors": lambda: patch.setattr(index.dense, "commit", full),
            "near copies": lambda: patch.setattr(index.near, "commit", full),
            "arrays": lambda: patch.setattr(manifest_module, "save_array", full),
            "manifest": lambda: patch.setattr(index_module, "write_manifest", full),
        }[place]()
        index.add(MORE)
        with pytest.raises(IndexNotWrittenError) as told:
            index.commit(6)
        assert told.value.__cause__.errno == errno.ENOSPC
    _goes_on(old, bag)


def _take_more(folder, bag):
    with Index.open(folder, encoder=bag) as index:
        index.add(MORE)
        index.commit(6)


def _goes_on(folder, bag):
    with Index.open(folder, encoder=bag) as index:
        assert (index.mark, index.get("new-7")) == (5, None)
        assert index.get("tom") is not None
    _take_more(folder, bag)
    with Index.open(folder, encoder=bag) as index:
        assert (index.mark, len(index)) == (6, len(index.lexical))
        assert index.get("new-7") == index.lexical.get("new-7").record


def test_tantivy_s_words_for_a_full_disk_become_the_system_s_error(old, bag, monkeypatch):
    """A lock that cannot be made is no other writer, and a folder that cannot be made is none of another version."""
    with Index.open(old, encoder=bag) as index:
        said = "An IO error occurred: 'No space left on device (os error 28) at path \"/x/.tmp\"'"

        class Refusing:
            def writer(self, **_):
                raise ValueError(said)

        monkeypatch.setattr(index.lexical, "_index", Refusing())
        with pytest.raises(IndexNotWrittenError) as told:
            index.lexical.lock()
        assert told.value.__cause__.errno == errno.ENOSPC
    with Index.open(old, encoder=bag) as first, Index.open(old, encoder=bag) as second:
        first.remove(["tom"])
        with pytest.raises(IndexLockedError):
            second.remove(["tom"])


def test_an_index_that_has_no_room_to_be_made_is_none_of_another_version(tmp_path, bag):
    with bounded(0), pytest.raises(IndexNotWrittenError):
        Index.open(tmp_path / "new", encoder=bag, create=True)
