import threading

import pytest

from kiemtin.matching.actions.follow import follow
from kiemtin.matching.live import live, live_library
from kiemtin.matching.published import PUBLISHED
from kiemtin.retrieval import Band


def test_an_empty_library_answers_nothing_instead_of_failing(data, db):
    reply = live_library().ask("Ăn tôm cùng vitamin C sinh ra thạch tín")
    assert (reply.band, reply.found, reply.mark) == (Band.NONE, (), -1)
    assert live_library().behind == 0


def test_the_encoder_is_loaded_once_for_all_and_only_when_it_is_needed(store, monkeypatch, tiny_encoder):
    from kiemtin.matching import opening

    loaded = []
    monkeypatch.setattr(opening, "load_encoder", lambda: loaded.append(1) or tiny_encoder)
    store()
    follow(encoder=None)
    assert not live_library().ask("ăn tôm").encoder
    assert loaded == []
    follow(encoder=tiny_encoder)
    live_library().look()
    assert live_library().ask("ăn tôm").encoder
    live().search(PUBLISHED).ask("ăn tôm")
    assert loaded == [1]
    assert live().encoder is live().encoder


def test_one_message_is_encoded_once_for_all_indexes(store, monkeypatch, encoder_installed):
    encoded = []
    real = encoder_installed.queries
    monkeypatch.setattr(encoder_installed, "queries", lambda texts: encoded.extend(texts) or real(texts))
    store()
    follow(encoder=encoder_installed)
    for _ in range(2):
        live_library().ask("Ăn tỏi sống")
        live().search(PUBLISHED).ask("Ăn tỏi sống")
    assert len(encoded) == 1


def test_each_data_folder_has_its_own(data, db, settings, tmp_path):
    first = live_library()
    assert live_library() is first
    settings.KIEMTIN_DATA = tmp_path / "other"
    assert live_library() is not first


def test_threads_share_it(store, encoder_installed):
    store()
    follow(encoder=encoder_installed)
    found, wrong = [], []

    def ask():
        try:
            found.append(live().search(PUBLISHED).ask("Ăn tỏi sống mỗi ngày phòng được virus corona").answer)
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert {answer.matches[0].id for answer in found} == {"garlic"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_it_finds_is_joined(store, language):
    store()
    follow(encoder=None)
    reply = live_library().ask("Ăn tỏi sống mỗi ngày phòng được virus corona")
    assert reply.found[0].finding.key == "garlic"
    assert reply.mark == PUBLISHED.last()
