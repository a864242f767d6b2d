import json
import shutil
from dataclasses import replace

import pytest

from kiemtin.retrieval import Index, Record
from kiemtin.retrieval.errors import (
    EncoderUnavailableError,
    IndexFormatError,
    IndexMissingError,
)
from kiemtin.retrieval.index import encoded_text
from kiemtin.retrieval.text import analyse, shingle_hashes
from tests.unit.retrieval.indexes import NEW_TOM, found, made, nearest, numbers


def test_what_was_added_shows_after_the_commit_only(bag, library):
    index = Index.in_memory(encoder=bag)
    assert index.add(library) == len(library)
    assert (index.get("tom"), found(index, "vitamin"), index.generation) == (None, [], 0)
    index.commit()
    assert index.get("tom") == library[0]
    assert found(index, "vitamin") == ["tom"]
    assert nearest(index, library[1].title)[0] == "chanh"
    assert (len(index), index.generation) == (len(library), 1)


def test_a_record_comes_back_as_it_was_given(tmp_path, bag):
    record = Record("vi/1", "Tựa “đề” 😀", "Nội\ndung", ("lời khác", "một lời nữa"), "vi", "w1")
    made(tmp_path, bag, [record]).close()
    assert Index.open(tmp_path, encoder=None).get("vi/1") == record


def test_wordings_get_a_vector_each_and_are_found(bag):
    index = Index.in_memory(encoder=bag)
    index.add([Record("1", "Một", "Hai", ("chanh nóng", "trà xanh")), Record("2", "Ba")])
    index.commit()
    assert index.dense.owners.tolist() == [0, 0, 0, 1]
    assert nearest(index, "trà xanh")[0] == "1"
    assert found(index, "xanh") == ["1"]


def test_what_is_encoded():
    assert encoded_text(Record("1", "Tựa.", "Nội\n dung", ("khoẻ",))) == ["Tựa.. Nội dung", "khỏe"]
    assert encoded_text(Record("1", text="Chỉ nội dung")) == ["Chỉ nội dung"]


def test_replacing_by_id(bag, library):
    index = Index.in_memory(encoder=bag)
    index.add(library)
    index.commit()
    index.add([NEW_TOM])
    index.commit()
    assert len(index) == len(library)
    assert index.get("tom") == NEW_TOM
    assert found(index, "thạch tín") == []
    assert found(index, "trà") == ["tom"]
    assert nearest(index, "thạch tín gây chết người").count("tom") == 1


def test_statistics_after_replacing_are_those_of_a_fresh_index(bag, library):
    index = Index.in_memory(encoder=bag)
    index.add(library)
    index.commit()
    index.add([NEW_TOM])
    index.commit()
    fresh = Index.in_memory(encoder=bag)
    fresh.add([NEW_TOM, *library[1:]])
    fresh.commit()
    assert numbers(index) == numbers(fresh)


def test_a_replaced_version_may_count_in_term_frequencies_for_a_while_but_idf_stays_sound(bag):
    index = Index.in_memory(encoder=bag)
    index.add([Record("a", "tôm"), Record("b", "chanh")])
    index.commit()
    for n in range(5):
        index.add([Record("a", f"tôm {n}")])
        index.commit()
    statistics = index.statistics
    assert 1 <= statistics.frequency("words", "tôm") <= 6
    assert 0 < statistics.idf("words", "tôm") <= statistics.idf("words", "chanh")
    assert statistics.frequency("words", "chanh") == 1


WAYS = {
    "the same id twice in one batch": lambda i, lib: i.add([lib[0], NEW_TOM]),
    "removed and added again": lambda i, lib: (i.remove(["tom"]), i.add([NEW_TOM])),
    "removed twice": lambda i, lib: (i.remove(["tom", "tom"]), i.remove(["tom"]), i.add([NEW_TOM])),
    "added, removed, added": lambda i, lib: (i.add([lib[0]]), i.remove(["tom"]), i.add([NEW_TOM])),
    "added three times": lambda i, lib: (i.add([NEW_TOM]), i.add([lib[0], lib[0]]), i.add([NEW_TOM])),
}


@pytest.mark.parametrize("known", [True, False], ids=["known before", "new"])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_however_a_batch_goes_about_it_only_the_end_counts(bag, library, way, known):
    index = Index.in_memory(encoder=bag)
    index.add(library if known else library[1:])
    index.commit()
    generation = index.generation
    way(index, library)
    assert index.generation == generation
    index.commit()
    fresh = Index.in_memory(encoder=bag)
    fresh.add([NEW_TOM, *library[1:]])
    fresh.commit()
    assert index.get("tom") == NEW_TOM
    assert numbers(index) == numbers(fresh)


def test_removing(bag, library):
    index = Index.in_memory(encoder=bag)
    index.add(library)
    assert index.remove(["tom", "nosuch"]) == 1
    index.commit()
    assert index.remove(["chanh", "chanh", "tom"]) == 1
    index.commit()
    fresh = Index.in_memory(encoder=bag)
    fresh.add(library[2:])
    fresh.commit()
    assert index.get("tom") is index.get("chanh") is None
    assert set(nearest(index, library[0].title)) <= {"app", "phat", "garlic"}
    assert numbers(index) == numbers(fresh)


def test_everything_removed(bag, library):
    index = Index.in_memory(encoder=bag)
    index.add(library)
    index.commit()
    index.remove(r.id for r in library)
    index.commit()
    assert len(index) == 0
    assert nearest(index, "tôm") == found(index, "tôm") == []


def test_reopened_it_is_the_same_and_goes_on(tmp_path, bag, library):
    first = made(tmp_path, bag, library[:3], mark=7)
    first.add([NEW_TOM])
    first.commit(9)
    before = numbers(first)
    first.close()
    with Index.open(tmp_path, encoder=bag) as again:
        assert (again.mark, again.generation, again.has_vectors) == (9, 2, True)
        assert numbers(again) == before
        assert nearest(again, library[1].title)[0] == "chanh"
        again.add(library[3:])
        again.commit()
        assert (len(again), again.mark) == (5, 9)
        assert nearest(again, library[4].title)[0] == "garlic"
    slots = [s.slot for s in Index.open(tmp_path, encoder=None).lexical.fetch(range(20))]
    assert sorted(slots) == [1, 2, 3, 4, 5]


def test_the_mark_alone_can_be_committed_and_no_change_is_no_commit(tmp_path, bag, library):
    with made(tmp_path, bag, library, mark=3) as index:
        index.commit(3)
        index.commit()
        assert index.generation == 1
        index.commit(4)
    assert Index.open(tmp_path, encoder=None).mark == 4


def test_what_was_not_committed_is_lost(tmp_path, bag, library):
    with made(tmp_path, bag, library[:2]) as index:
        index.add(library[2:])
        index.remove(["tom"])
    with Index.open(tmp_path, encoder=bag) as again:
        assert again.get("tom") == library[0]
        assert len(again) == len(again.lexical) == 2
        again.add(library[2:3])
        again.commit()
        fresh = Index.in_memory(encoder=bag)
        fresh.add(library[:3])
        fresh.commit()
        assert numbers(again) == numbers(fresh)


class CrashError(Exception):
    pass


def fail(*_):
    raise CrashError


# What a commit does last, and what is therefore not done when it ends before.
PLACES = {
    "before words": lambda index: setattr(index.lexical, "commit", fail),
    "before the manifest": lambda index: setattr(index, "_write_manifest", fail),
}


def crashed(path, encoder, change, place):
    """Do `change` and end in the middle of its commit."""
    with Index.open(path, encoder=encoder) as index:
        change(index)
        PLACES[place](index)
        with pytest.raises(CrashError):
            index.commit(99)


CRASHES = {
    "adding": lambda lib: lambda i: i.add(lib[3:]),
    "replacing": lambda lib: lambda i: i.add([NEW_TOM, replace(lib[1], text="Khác hẳn rồi")]),
    "removing": lambda lib: lambda i: i.remove(["tom"]),
    "all of it": lambda lib: lambda i: (i.remove(["app"]), i.add([NEW_TOM, *lib[3:]])),
}


UNFINISHED = [
    *((c, [p]) for c in CRASHES for p in PLACES),
    ("all of it", list(PLACES)),
    ("all of it", list(PLACES)[::-1]),
]


@pytest.mark.parametrize(("crash", "places"), UNFINISHED)
def test_after_an_unfinished_commit_doing_it_again_comes_to_the_same(tmp_path, bag, library, crash, places):
    made(tmp_path, bag, library[:3], mark=5).close()
    change = CRASHES[crash](library)
    for place in places:
        crashed(tmp_path, bag, change, place)
    fresh = Index.in_memory(encoder=bag)
    fresh.add(library[:3])
    fresh.commit()
    change(fresh)
    fresh.commit()
    with Index.open(tmp_path, encoder=bag) as index:
        assert index.mark == 5
        change(index)
        index.commit(99)
    with Index.open(tmp_path, encoder=bag) as again:
        assert again.mark == 99
        assert len(again) == len(again.lexical)
        for record in (*library, NEW_TOM):
            assert again.get(record.id) == fresh.get(record.id)
        assert numbers(again) == numbers(fresh)
        copies = again.near.search(shingle_hashes(analyse(library[3].title).folded), 5)
        assert len(again.lexical.fetch(copy.owner for copy in copies)) == (1 if again.get("phat") else 0)


def test_leftovers_of_an_unfinished_commit_are_cut_off_even_if_it_is_not_done_again(tmp_path, bag, library):
    made(tmp_path, bag, library[:3]).close()
    crashed(tmp_path, bag, lambda i: i.add(library[3:]), "before the manifest")
    assert Index.open(tmp_path, encoder=None).get("garlic") is None
    with Index.open(tmp_path, encoder=bag) as index:
        index.remove(["app"])
        index.commit()
        assert found(index, "garlic") == []
        assert len(index) == len(index.lexical) == 2
        assert len(index.dense) == 3


def test_bytes_behind_the_rows_that_count_are_written_over(tmp_path, bag, library):
    made(tmp_path, bag, library[:3]).close()
    for file in (tmp_path / "dense").iterdir():
        file.write_bytes(file.read_bytes() + b"\x55" * 333)
    with Index.open(tmp_path, encoder=bag) as index:
        index.add(library[3:])
        index.commit()
        assert nearest(index, library[4].title)[0] == "garlic"
        assert index.dense.owners.tolist() == [0, 1, 2, 3, 4]


def test_no_index(tmp_path, bag):
    with pytest.raises(IndexMissingError) as caught:
        Index.open(tmp_path / "none", encoder=bag)
    assert caught.value.params == {"path": str(tmp_path / "none")}
    assert not (tmp_path / "none").exists()


def test_another_encoder(tmp_path, bag, library):
    class Other(type(bag)):
        name = "other"

    made(tmp_path / "bag", bag, library).close()
    made(tmp_path / "plain", None, library).close()
    with pytest.raises(IndexFormatError, match="made with bag, not with other"):
        Index.open(tmp_path / "bag", encoder=Other())
    with pytest.raises(IndexFormatError, match="made with no encoder"):
        Index.open(tmp_path / "plain", encoder=bag)


def test_without_its_encoder_an_index_can_be_read_but_not_added_to(tmp_path, bag, library):
    made(tmp_path, bag, library[:2]).close()
    with Index.open(tmp_path, encoder=None) as index:
        assert index.get("tom") == library[0]
        with pytest.raises(EncoderUnavailableError):
            index.add(library[2:])
        assert index.remove(["tom"]) == 1


def altered(**changes):
    def alter(path):
        file = path / "manifest.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))

    return alter


DAMAGES = {
    "version": altered(version=99),
    "unknown entry": altered(colour="red"),
    "more rows than there are": altered(rows=50),
    "a segment that is not there": altered(segments=["segment-00000042"]),
    "no JSON": lambda path: (path / "manifest.json").write_text("{"),
    "no object": lambda path: (path / "manifest.json").write_text("[1]"),
    "binary": lambda path: (path / "manifest.json").write_bytes(b"\xff\xfe\0"),
    "no grams": lambda path: (path / "grams-1.npy").unlink(),
    "grams cut": lambda path: (path / "grams-1.npy").write_bytes(b"\x93NUMPY"),
    "no list of the dead": lambda path: (path / "dead-1.npy").unlink(),
    "vectors cut": lambda path: (path / "dense" / "codes.i8").write_bytes(b""),
    "no vectors": lambda path: shutil.rmtree(path / "dense"),
    "lexical part damaged": lambda path: (path / "lexical" / "meta.json").write_text("{"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_another_version_or_a_damaged_folder_is_refused(tmp_path, bag, library, damage):
    made(tmp_path, bag, library).close()
    damage(tmp_path)
    with pytest.raises(IndexFormatError):
        Index.open(tmp_path, encoder=bag)


def test_odd_records(bag):
    odd = [
        Record("empty"),
        Record("link", "https://example.vn/a"),
        Record("nul", "tin\0giả", "\ud800 nửa \udfff chữ", ("", "\0")),
        Record("emoji", "😀😀"),
        Record("long", "từ " * 30_000),
        Record("glued", "x" * 70_000),
        Record("id với \n dấu", "tin"),
    ]
    index = Index.in_memory(encoder=bag)
    index.add(odd)
    index.commit()
    assert len(index) == len(index.lexical) == len(odd)
    assert [index.get(r.id).id for r in odd] == [r.id for r in odd]
    index.remove(r.id for r in odd)
    index.commit()
    assert (len(index), sum(index.statistics.average.values())) == (0, 0)
