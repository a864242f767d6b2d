import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.models import ExternalReview

pytestmark = pytest.mark.django_db


def test_withdrawing_is_a_numbered_and_audited_change(review):
    upsert_external_reviews(reviews=[review(1), review(2)], by="test")
    assert withdraw_external_reviews(keys=["r1", "unknown"], by="test") == 1
    row = ExternalReview.objects.get(key="r1")
    assert (row.withdrawn, row.seq) == (True, 3)
    event = Event.objects.get(verb="review.withdrawn")
    assert (event.actor, event.object_id) == ("test", "r1")
    assert not ExternalReview.objects.get(key="r2").withdrawn


def test_twice_is_once(review):
    upsert_external_reviews(reviews=[review(1)], by="test")
    withdraw_external_reviews(keys=["r1"], by="test")
    assert withdraw_external_reviews(keys=["r1"], by="test") == 0
    assert ExternalReview.objects.get().seq == 2
