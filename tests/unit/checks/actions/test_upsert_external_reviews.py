import datetime as dt

import pytest
from django.db import transaction

from kiemtin.audit.models import Event
from kiemtin.checks.actions import upsert_external_reviews as module
from kiemtin.checks.actions.number_changes import last_change
from kiemtin.checks.actions.upsert_external_reviews import Upserted, upsert_external_reviews
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.models import ExternalReview

pytestmark = pytest.mark.django_db


def upsert(*reviews):
    return upsert_external_reviews(reviews=reviews, by="test", origin="run")


def test_new_reviews_are_stored_with_all_their_fields(review):
    given = review(
        1,
        rating="Sai",
        rating_value=1.0,
        published=dt.date(2020, 5, 1),
        wordings=("khác",),
        sources=({"title": "Nguồn", "url": "https://example.org/s"},),
        language="vi",
    )
    assert upsert(given, review(2)) == Upserted(added=2)
    row = ExternalReview.objects.get(key="r1")
    assert (row.rating, row.rating_value, row.published, row.language) == ("Sai", 1.0, dt.date(2020, 5, 1), "vi")
    assert row.wordings == ["khác"]
    assert row.sources == [{"title": "Nguồn", "url": "https://example.org/s"}]
    assert row.digest == given.digest()
    assert not row.withdrawn


def test_the_same_again_changes_nothing(review):
    upsert(review(1), review(2))
    before = list(ExternalReview.objects.order_by("id").values())
    assert upsert(review(1), review(2)) == Upserted(unchanged=2)
    assert list(ExternalReview.objects.order_by("id").values()) == before


def test_a_change_keeps_the_row_and_takes_the_next_number(review):
    upsert(review(1), review(2))
    row = ExternalReview.objects.get(key="r1")
    assert upsert(review(1, rating="Sai"), review(2)) == Upserted(changed=1, unchanged=1)
    changed = ExternalReview.objects.get(key="r1")
    assert (changed.pk, changed.created, changed.rating) == (row.pk, row.created, "Sai")
    assert changed.seq == last_change() == 3


def test_of_two_with_one_key_the_later_counts(review):
    assert upsert(review(1, rating="a"), review(1, rating="b")) == Upserted(added=1, unchanged=1)
    assert ExternalReview.objects.get().rating == "b"


def test_a_withdrawn_review_is_not_brought_back_by_an_import(review):
    upsert(review(1))
    withdraw_external_reviews(keys=["r1"], by="test")
    upsert(review(1, rating="Sai"))
    row = ExternalReview.objects.get()
    assert row.withdrawn
    assert row.rating == "Sai"


def test_a_batch_is_one_event_with_its_counts(review):
    upsert(review(1))
    upsert(review(1, rating="Sai"), review(2), review(3))
    event = Event.objects.last()
    assert (event.actor, event.verb, event.object_id) == ("test", "reviews.upserted", "run")
    assert event.detail == {"added": 2, "changed": 1, "unchanged": 0}
    assert Event.objects.count() == 2


def test_without_the_event_there_is_no_change(review, monkeypatch):
    def fail(**_kwargs):
        raise RuntimeError

    monkeypatch.setattr(module, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        upsert(review(1))
    assert not ExternalReview.objects.exists()
    assert last_change() == 0


def test_more_than_one_statement_holds(review):
    many = [review(number) for number in range(1_203)]
    assert upsert(*many).added == 1_203
    assert upsert(*many).unchanged == 1_203
    assert sorted(ExternalReview.objects.values_list("seq", flat=True)) == list(range(1, 1_204))


def test_nothing_is_fine():
    assert upsert() == Upserted()
