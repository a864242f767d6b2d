import json

import pytest

from kiemtin.checks.actions.number_changes import last_change
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.models import ChangeCounter, ExternalReview
from kiemtin.matching.actions import follow as module
from kiemtin.matching.actions.follow import Followed, follow
from kiemtin.matching.folder import index_folder, writing
from kiemtin.matching.records import of_review, to_record
from kiemtin.retrieval import Index
from kiemtin.retrieval.errors import IndexLockedError


def stored():
    """What is in the index, by id."""
    with Index.open(index_folder(), encoder=None) as index:
        rows = {row.key: index.get(row.key) for row in ExternalReview.objects.all()}
        return {key: record for key, record in rows.items() if record is not None}, index.mark, len(index)


def expected():
    return {row.key: to_record(of_review(row)) for row in ExternalReview.objects.filter(withdrawn=False)}


def agrees():
    records, mark, count = stored()
    assert records == expected()
    assert mark == last_change()
    assert count == len(records)


def test_a_new_index_takes_everything(store):
    store()
    assert follow(encoder=None) == Followed(6, made_anew=False)
    agrees()


def test_later_it_takes_only_what_changed(store, review):
    store()
    follow(encoder=None)
    store(review(1, key="garlic", claim="Khác hẳn"), review(2))
    withdraw_external_reviews(keys=["rays"], by="test")
    assert follow(encoder=None) == Followed(3, made_anew=False)
    agrees()
    assert follow(encoder=None) == Followed(0, made_anew=False)


def test_batches_tell_how_far_they_are(store, monkeypatch):
    monkeypatch.setattr(module, "_BATCH_LEXICAL", 4)
    store()
    told = []
    follow(encoder=None, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 6), (4, 6), (6, 6)]


def test_an_interrupted_batch_is_taken_again(store, monkeypatch):
    monkeypatch.setattr(module, "_BATCH_LEXICAL", 2)
    store()

    def stop(done, total):
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        follow(encoder=None, progress=stop)
    assert follow(encoder=None).changes == 2
    agrees()


def test_a_crash_between_adding_and_committing_doubles_nothing(store, monkeypatch):
    store()
    with monkeypatch.context() as patch:
        patch.setattr(Index, "commit", lambda self, mark=None: (_ for _ in ()).throw(RuntimeError))
        with pytest.raises(RuntimeError):
            follow(encoder=None)
    follow(encoder=None)
    agrees()


def test_an_index_ahead_of_the_database_is_made_anew(store):
    store()
    follow(encoder=None)
    ExternalReview.objects.filter(key="rays").delete()
    ChangeCounter.objects.update(last=3)
    ExternalReview.objects.filter(seq__gt=3).delete()
    assert follow(encoder=None) == Followed(3, made_anew=True)
    agrees()


@pytest.mark.parametrize("damage", ['{"version": 999}', "{", '{"version": 1, "unknown": 2}'])
def test_an_index_of_another_version_is_made_anew(store, damage):
    store()
    follow(encoder=None)
    (index_folder() / "manifest.json").write_text(damage)
    assert follow(encoder=None) == Followed(6, made_anew=True)
    agrees()


def test_a_change_of_encoder_makes_it_anew(store, tiny_encoder):
    store()
    follow(encoder=None)
    assert follow(encoder=tiny_encoder) == Followed(6, made_anew=True)
    assert json.loads((index_folder() / "manifest.json").read_text())["encoder"] == "tiny"
    agrees()
    assert follow(encoder=tiny_encoder) == Followed(0, made_anew=False)
    assert follow(encoder=None) == Followed(6, made_anew=True)


def test_made_anew_on_demand(store):
    store()
    follow(encoder=None)
    assert follow(encoder=None, anew=True) == Followed(6, made_anew=True)
    agrees()


def test_only_one_writes(store):
    store()
    with writing(), pytest.raises(IndexLockedError):
        follow(encoder=None)
    assert follow(encoder=None).changes == 6
