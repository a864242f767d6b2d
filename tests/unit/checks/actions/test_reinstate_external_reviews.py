import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.actions.reinstate_external_reviews import reinstate_external_reviews
from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.models import ExternalReview

pytestmark = pytest.mark.django_db


def test_what_was_withdrawn_is_given_again_and_the_index_hears_of_it(review):
    upsert_external_reviews(reviews=[review(1), review(2)], by="test")
    withdraw_external_reviews(keys=["r1"], by="test")
    before = ExternalReview.objects.get(key="r1").seq
    assert reinstate_external_reviews(keys=["r1", "r2", "r3"], by="test") == 1
    row = ExternalReview.objects.get(key="r1")
    assert not row.withdrawn
    assert row.seq > before
    assert ExternalReview.objects.get(key="r2").seq < before
    assert Event.objects.filter(verb="review.reinstated").values_list("object_id", flat=True).get() == "r1"


def test_doing_it_again_changes_nothing(review):
    upsert_external_reviews(reviews=[review(1)], by="test")
    assert reinstate_external_reviews(keys=["r1"], by="test") == 0
    assert not Event.objects.filter(verb="review.reinstated").exists()
