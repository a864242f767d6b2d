import pytest

from kiemtin.retrieval import Record
from kiemtin.retrieval.errors import IndexFormatError, IndexLockedError
from kiemtin.retrieval.lexical import LexicalIndex, store
from kiemtin.retrieval.text import Kind


def filled(folder, records):
    index = LexicalIndex(folder)
    for slot, record in enumerate(records):
        index.add(store(record, slot))
    index.commit()
    return index


def test_a_record_is_analysed_once_when_it_is_stored():
    stored = store(Record("1", "Ăn TÔM có sao ko", "Không sao", ("an tom dc ko",)), 3)
    assert (stored.slot, stored.title, stored.text) == (3, "ăn tôm có sao không", "không sao")
    assert stored.wordings == ("an tom được không",)
    assert stored.kind is Kind.TONED


def test_the_texts_that_a_message_can_match():
    main, other = store(Record("1", "Tôm", "chanh nóng", ("vo tom",)), 0).entries
    assert (main.title, main.text, main.whole) == ("tôm", "chanh nóng", "tôm chanh nóng")
    assert (other.title, other.text, other.whole) == ("vo tom", "vo tom", "vo tom")
    assert main.words == ("tôm", "chanh", "nóng")
    assert main.folded == ("tom", "chanh", "nong")
    assert main.counts["bigrams"] == {"tom_chanh": 1, "chanh_nong": 1}
    assert main.counts["title"] == {"tom": 1}
    assert main.counts["text"] == {"chanh": 1, "nong": 1}


@pytest.mark.parametrize("record", [Record("1", title="tôm hùm"), Record("1", text="tôm hùm")])
def test_a_record_with_one_text_has_it_in_both_places(record):
    (entry,) = store(record, 0).entries
    assert (entry.title, entry.text) == ("tôm hùm", "tôm hùm")
    assert entry.words == ("tôm", "hùm")


@pytest.mark.parametrize("on_disk", [False, True])
def test_views(tmp_path, library, on_disk):
    index = filled(tmp_path if on_disk else None, library)
    assert index.search({"words": ["tôm"]}, 5) == [0]
    assert index.search({"words": ["tom"]}, 5) == []
    assert index.search({"folded": ["tom"]}, 5) == [0]
    assert index.search({"bigrams": ["ung_thu"]}, 5) == [1]
    assert index.search({"bigrams": ["thu_ung"]}, 5) == []
    assert index.search({}, 5) == index.search({"words": []}, 5) == []


def test_best_first_and_at_most_k(library):
    index = filled(None, library)
    # Three of the words stand in the second record, one in the first.
    assert index.search({"words": ["chanh", "nóng", "ung", "tôm"]}, 5) == [1, 0]
    assert index.search({"words": ["chanh", "nóng", "ung", "tôm"]}, 1) == [1]


def test_wordings_are_found():
    index = filled(None, [Record("1", "Một", wordings=("lời khác",)), Record("2", "Hai")])
    assert index.search({"words": ["khác"]}, 5) == [0]


def test_fetching(library):
    index = filled(None, library)
    assert sorted(s.record.id for s in index.fetch([4, 0, 4, 77])) == ["garlic", "tom"]
    assert index.fetch([]) == []
    (stored,) = index.fetch([1])
    assert stored == store(library[1], 1)
    assert (index.get("tom"), index.slot_of("garlic"), index.get("nosuch")) == (store(library[0], 0), 4, None)


def test_in_how_many_records_a_term_stands(library):
    index = filled(None, library)
    assert index.document_frequency("words", "ung") == 1
    assert index.document_frequency("folded", "khong") == sum("không" in f"{r.title} {r.text}".lower() for r in library)
    assert index.document_frequency("words", "nosuch") == 0


def test_the_same_id_takes_the_place(library):
    index = filled(None, library)
    index.add(store(Record("tom", "Khác"), 9))
    index.commit()
    assert (len(index), index.slot_of("tom"), index.search({"words": ["tôm"]}, 5)) == (len(library), 9, [])


def test_cutting_off_from_a_slot(tmp_path, library):
    index = filled(tmp_path, library)
    index.remove_from(3)
    assert (len(index), index.get("phat"), index.get("garlic")) == (3, None, None)
    index.remove_from(3)
    assert len(index) == 3


def test_one_writer(tmp_path, library):
    first = filled(tmp_path, library)
    second = LexicalIndex(tmp_path)
    with pytest.raises(IndexLockedError):
        second.lock()
    first.close()
    second.lock()
    second.close()


def test_a_reader_reloads(tmp_path, library):
    first = filled(tmp_path, library[:1])
    reader = LexicalIndex(tmp_path)
    first.add(store(library[1], 1))
    first.commit()
    assert len(reader) == 1
    reader.reload()
    assert len(reader) == 2
    first.close()


def test_another_schema_is_refused(tmp_path):
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("other")
    tantivy.Index(builder.build(), path=str(tmp_path))
    with pytest.raises(IndexFormatError):
        LexicalIndex(tmp_path)
