import gc
import json
import weakref

import pytest

from kiemtin.retrieval import Index, Matcher, Record
from kiemtin.retrieval import index as index_module
from kiemtin.retrieval.errors import (
    IndexFormatError,
    IndexLockedError,
)
from kiemtin.retrieval.index import Manifest
from tests.unit.retrieval.indexes import NEW_TOM, found, made, nearest, numbers


def test_a_reader_sees_a_new_generation_after_reload(tmp_path, bag, library):
    writer = made(tmp_path, bag, library[:2])
    reader = Index.open(tmp_path, encoder=bag)
    writer.add([NEW_TOM, *library[2:]])
    writer.commit(8)
    assert reader.get("garlic") is None
    assert (len(reader), reader.mark) == (2, 0)
    assert reader.reload()
    assert reader.get("tom") == NEW_TOM
    assert (reader.mark, reader.generation) == (8, 2)
    assert numbers(reader) == numbers(writer)
    assert nearest(reader, library[4].title)[0] == "garlic"
    assert not reader.reload()
    writer.close()


def test_a_reader_many_generations_behind(tmp_path, bag, library):
    writer = made(tmp_path, bag, library[:1])
    reader = Index.open(tmp_path, encoder=bag)
    for n in range(5):
        writer.add([Record(f"n{n}", f"tin số {n}")])
        writer.commit()
    assert found(reader, "thạch tín") == ["tom"]
    assert reader.reload()
    assert len(reader) == 6
    assert len(list(tmp_path.glob("grams-*.npy"))) == 2
    writer.close()


def test_a_reader_that_comes_while_files_are_swept_away_takes_the_newer_manifest(tmp_path, bag, library, monkeypatch):
    writer = made(tmp_path, bag, library[:1])
    stale = json.loads((tmp_path / "manifest.json").read_text())
    reader = Index.open(tmp_path, encoder=bag)
    for record in library[1:]:
        writer.add([record])
        writer.commit()
    writer.close()
    read, seen = index_module.read_manifest, []

    def late(file, encoder):
        seen.append(1)
        return Manifest(**stale) if len(seen) == 1 else read(file, encoder)

    monkeypatch.setattr(index_module, "read_manifest", late)
    assert len(Index.open(tmp_path, encoder=bag)) == len(library)
    assert len(seen) > 1
    assert reader.reload()
    assert len(reader) == len(library)


@pytest.mark.parametrize("part", ["grams-*.npy", "dead-*.npy", "near/*.npy", "dense/codes.i8"])
def test_a_reader_goes_on_with_what_it_has_while_a_part_of_the_new_cannot_be_read(tmp_path, bag, library, part):
    writer = made(tmp_path, bag, library[:2])
    reader = Index.open(tmp_path, encoder=bag)
    was = numbers(reader)
    writer.add([NEW_TOM])
    writer.commit(1)
    missing = sorted(tmp_path.glob(part))[-1]
    missing.rename(tmp_path / "whole")
    missing.touch()
    for _ in range(2):
        with pytest.raises(IndexFormatError):
            reader.reload()
    assert (numbers(reader), reader.generation) == (was, 1)
    assert nearest(reader, library[1].title)[0] == "chanh"
    (tmp_path / "whole").rename(missing)
    assert reader.reload()
    assert (numbers(reader), reader.get("tom")) == (numbers(writer), NEW_TOM)
    writer.close()


def test_an_index_that_nobody_holds_is_given_back_at_once(tmp_path, bag, library):
    made(tmp_path, bag, library).close()
    index = Index.open(tmp_path, encoder=bag)
    Matcher(index).ask(library[0].title)
    index.reload()
    was_there = weakref.ref(index)
    gc.disable()  # which would come round to a circle later: a process that follows opens one each second
    try:
        index.close()
        del index
        assert was_there() is None
    finally:
        gc.enable()


def test_an_index_that_was_never_committed_has_nothing_to_reload(tmp_path, bag):
    assert not Index.open(tmp_path, encoder=bag, create=True).reload()
    assert not Index.in_memory(encoder=bag).reload()


def test_two_writers(tmp_path, bag, library):
    with made(tmp_path, bag, library[:2]) as first:
        second = Index.open(tmp_path, encoder=bag)
        for change in (lambda: second.add(library[2:]), lambda: second.remove(["tom"]), lambda: second.commit(5)):
            with pytest.raises(IndexLockedError):
                change()
        first.add(library[2:3])
        first.commit(4)
    second.add(library[3:])
    second.commit(6)
    second.close()
    with Index.open(tmp_path, encoder=bag) as last:
        assert [r.id for r in library if last.get(r.id)] == [r.id for r in library]
        assert len(last) == len(last.lexical) == 5


def test_a_closed_writer_sees_what_another_wrote_before_it_writes_again(tmp_path, bag, library):
    one = made(tmp_path, bag, library[:1])
    one.close()
    with Index.open(tmp_path, encoder=bag) as two:
        two.add(library[1:3])
        two.commit()
    one.add(library[3:])
    one.commit()
    one.close()
    assert sorted(s.slot for s in Index.open(tmp_path, encoder=None).lexical.fetch(range(9))) == [0, 1, 2, 3, 4]
