import dataclasses
import datetime as dt

import pytest

from kiemtin.checks.models import ExternalReview
from kiemtin.checks.review import Review

CHANGES = {
    "rating": "Sai",
    "wordings": ("khác",),
    "published": dt.date(2020, 5, 1),
    "sources": ({"url": "https://example.org"},),
    "rating_value": 1.0,
    "sample": True,
}


@pytest.mark.parametrize("field", CHANGES)
def test_the_digest_changes_with_every_field(review, field):
    assert review(1).digest() != review(1, **{field: CHANGES[field]}).digest()


def test_equal_content_has_an_equal_digest(review):
    assert review(1).digest() == review(1).digest()
    # A text moving from one field to the next is another content.
    assert review(1, summary="a", rating="").digest() != review(1, summary="", rating="a").digest()


def test_every_field_of_a_review_is_stored():
    columns = {field.name for field in ExternalReview._meta.get_fields()}
    assert {field.name for field in dataclasses.fields(Review)} <= columns


def test_no_column_could_hold_who_made_or_spread_a_claim():
    columns = {field.name for field in ExternalReview._meta.get_fields()}
    assert not columns & {"claimant", "author", "claim_author", "appearance", "appearances", "user", "user_id"}
