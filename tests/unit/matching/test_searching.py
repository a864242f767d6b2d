import shutil
import threading
from dataclasses import replace

import pytest

from kiemtin.matching import searching
from kiemtin.matching.actions.follow import follow
from kiemtin.matching.folder import index_folder
from kiemtin.matching.published import PUBLISHED
from kiemtin.matching.searching import NO_MARK, Search
from kiemtin.retrieval import Band
from tests.publishing import published

COPY = "Ăn tôm cùng vitamin C sinh ra thạch tín gây chết người"


@pytest.fixture
def clock(monkeypatch):
    """A clock that only moves when it is told to."""

    class Clock:
        now = 100.0

    monkeypatch.setattr(searching, "monotonic", lambda: Clock.now)
    return Clock


def ids(search, text=COPY):
    return [match.id for match in search.ask(text).answer.matches]


def test_an_index_that_is_not_there_finds_nothing_and_is_looked_for_again(store, clock):
    store()
    search = Search(PUBLISHED, use_encoder=False)
    found = search.ask(COPY)
    assert (found.answer.band, found.mark, search.mark) == (Band.NONE, NO_MARK, NO_MARK)
    follow(encoder=None)
    clock.now += 0.6
    assert ids(search)[0] == "shrimp"
    assert search.mark == PUBLISHED.last()


def test_what_another_process_commits_is_seen_after_a_tenth_of_a_second(store, review, clock):
    store()
    follow(encoder=None)
    search = Search(PUBLISHED, use_encoder=False)
    assert "r1" not in ids(search, "Tin đồn số 1 về con chó")
    store(review(1))
    follow(encoder=None)
    clock.now += 0.05
    assert "r1" not in ids(search, "Tin đồn số 1 về con chó")
    clock.now += 0.1
    assert ids(search, "Tin đồn số 1 về con chó")[0] == "r1"


def test_it_keeps_as_much_at_hand_as_its_shelf_says(store, review, clock):
    store(*(review(number) for number in range(1, 9)))
    follow(encoder=None)
    narrow, wide = (Search(replace(PUBLISHED, at_hand=most), use_encoder=False) for most in (150, 1_200_000))
    for number in range(1, 9):
        text = review(number).claim
        assert narrow.ask(text).answer == wide.ask(text).answer
    assert narrow._matcher._stored.currsize <= 150 < wide._matcher._stored.currsize


def test_one_can_look_at_once(store, review, clock):
    store()
    follow(encoder=None)
    search = Search(PUBLISHED, use_encoder=False)
    search.ask(COPY)
    store(review(1))
    follow(encoder=None)
    search.look()
    assert ids(search, "Tin đồn số 1 về con chó")[0] == "r1"


def test_an_index_made_anew_with_another_encoder_is_opened_anew(store, clock, tiny_encoder):
    store()
    follow(encoder=None)
    search = Search(PUBLISHED, source=lambda: tiny_encoder)
    assert not search.ask(COPY).answer.encoder
    follow(encoder=tiny_encoder)
    clock.now += 1
    assert search.ask(COPY).answer.encoder
    follow(encoder=None, anew=True)
    clock.now += 1
    assert not search.ask(COPY).answer.encoder


def test_while_it_is_made_anew_what_is_open_goes_on(store, clock):
    store()
    follow(encoder=None)
    search = Search(PUBLISHED, use_encoder=False)
    ids(search)
    shutil.rmtree(index_folder())
    clock.now += 1
    assert ids(search)[0] == "shrimp"
    index_folder().mkdir()
    (index_folder() / "manifest.json").write_text("{")
    clock.now += 1
    assert ids(search)[0] == "shrimp"
    shutil.rmtree(index_folder())
    follow(encoder=None)
    clock.now += 1
    assert ids(search)[0] == "shrimp"


def test_closed_it_opens_again(store):
    store()
    follow(encoder=None)
    search = Search(PUBLISHED, use_encoder=False)
    ids(search)
    search.close()
    search.close()
    assert ids(search)[0] == "shrimp"


def test_threads_ask_while_it_is_followed(store, review):
    store()
    follow(encoder=None)
    search = Search(PUBLISHED, use_encoder=False, look_each=0)
    wrong = []

    def ask():
        try:
            wrong.extend(first for first in (ids(search)[0] for _ in range(20)) if first != "shrimp")
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(5):
        store(review(number))
        follow(encoder=None)
    for thread in threads:
        thread.join()
    assert wrong == []


def test_ours_are_found_beside_others(store):
    store()
    check = published("Uống nước lá đu đủ chữa ung thư giai đoạn cuối")
    follow(encoder=None)
    assert ids(Search(PUBLISHED, use_encoder=False), "uống nước lá đu đủ chữa ung thư giai đoạn cuối")[0] == (
        f"check:{check.pk}"
    )
