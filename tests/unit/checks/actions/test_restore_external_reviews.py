import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.actions.restore_external_reviews import restore_external_reviews
from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.models import ExternalReview

pytestmark = pytest.mark.django_db


def test_what_was_withdrawn_answers_again_with_a_number_and_an_event(review):
    upsert_external_reviews(reviews=[review(1), review(2)], by="test")
    withdraw_external_reviews(keys=["r1"], by="test")
    assert restore_external_reviews(keys=["r1", "r2", "unknown"], by="test") == 1
    row = ExternalReview.objects.get(key="r1")
    assert (row.withdrawn, row.seq) == (False, 4)
    assert (Event.objects.last().verb, Event.objects.last().object_id) == ("review.restored", "r1")
