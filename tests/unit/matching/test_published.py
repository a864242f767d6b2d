import pytest

from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.matching import published as module
from kiemtin.matching.actions import follow as follow_module
from kiemtin.matching.actions.follow import follow, follow_and_look, is_behind
from kiemtin.matching.folder import index_folder
from kiemtin.matching.published import PUBLISHED
from kiemtin.matching.searching import Search
from kiemtin.retrieval import Index
from tests.publishing import published, revise, withdraw


def indexed():
    with Index.open(index_folder(), encoder=None) as index:
        ids = [entry.id for entry in PUBLISHED.changes(0, 1000)]
        return {id_: index.get(id_) for id_ in ids if index.get(id_) is not None}


def test_both_tables_come_in_one_order_and_none_is_lost_at_any_batch(store, review):
    ours = [published("Một")]
    store(review(1), review(2))
    ours.append(published("Hai"))
    store(review(3))
    revise(ours[0])
    order = ["r1", "r2", f"check:{ours[1].pk}", "r3", f"check:{ours[0].pk}"]
    assert PUBLISHED.count(0) == 5
    for size in (1, 2, 3, 10):
        seen, mark = [], 0
        while batch := PUBLISHED.changes(mark, size):
            seen += [entry.id for entry in batch]
            mark = batch[-1].seq
        assert seen == order
        assert mark == PUBLISHED.last()


def test_the_index_follows_ours_and_others(store, monkeypatch):
    monkeypatch.setattr(follow_module, "_BATCH_LEXICAL", 2)
    store()
    check = published("Uống nước lá đu đủ chữa ung thư")
    follow(encoder=None)
    assert len(indexed()) == 7
    assert indexed()[f"check:{check.pk}"].title == "Uống nước lá đu đủ chữa ung thư"
    withdraw(check)
    withdraw_external_reviews(keys=["rays"], by="test")
    assert follow(encoder=None).changes == 2
    assert f"check:{check.pk}" not in indexed()
    assert len(indexed()) == 5


def test_a_draft_is_not_followed_and_a_correction_is(data, db):
    check = published("Câu đầu")
    follow(encoder=None)
    check.claim = "Câu nháp"
    check.save()
    assert not is_behind()
    assert follow(encoder=None).changes == 0
    revise(check)
    assert is_behind()
    follow(encoder=None)
    assert indexed()[f"check:{check.pk}"].title == "Câu nháp"


def test_only_the_newest_wordings_are_known(data, db, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(module, "NEWEST_WORDINGS", 2)
    checks = [published("Một", wordings=["của tác giả"]), published("Hai")]
    for check in checks:
        for number in range(4):
            check.known_wordings.create(text=f"{check.claim} {number}", digest=str(number))
    with django_assert_num_queries(3):
        entries = PUBLISHED.changes(0, 10)
    assert [entry.wordings for entry in entries] == [("của tác giả", "Một 3", "Một 2"), ("Hai 3", "Hai 2")]


def test_following_for_an_open_search_shows_it_at_once(data, db):
    search = Search(PUBLISHED, use_encoder=False, look_each=3600)
    assert follow_and_look(search).changes == 0
    check = published("Uống nước lá đu đủ chữa ung thư")
    assert follow_and_look(search).changes == 1
    assert search.ask("Uống nước lá đu đủ chữa ung thư").answer.matches[0].id == f"check:{check.pk}"
    assert follow_and_look(search).changes == 0


@pytest.mark.parametrize("damage", ["{", '{"version": 999}'])
def test_a_damaged_index_is_behind(store, damage):
    store()
    follow(encoder=None)
    assert not is_behind()
    (index_folder() / "manifest.json").write_text(damage)
    assert is_behind()
