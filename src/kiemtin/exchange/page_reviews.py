"""Keeps the reviews of a page in step with its markup."""

from __future__ import annotations

from collections.abc import Sequence

from kiemtin.checks.actions.restore_external_reviews import restore_external_reviews
from kiemtin.checks.actions.upsert_external_reviews import upsert_external_reviews
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.review import Review
from kiemtin.exchange.models import MarkupPage


def give(page: MarkupPage, reviews: Sequence[Review], *, by: str) -> None:
    """Store the reviews of a page, withdraw those that are no longer on it, and give back those that it took back.

    Sets `keys` and `gone` of the page; its caller stores them, in the same transaction.
    """
    keys = list(dict.fromkeys(review.key for review in reviews))
    upsert_external_reviews(reviews=reviews, by=by, origin=f"page-{page.code}")
    withdraw_external_reviews(keys=set(page.keys) - set(keys), by=by)
    restore_external_reviews(keys=set(page.gone) & set(keys), by=by)
    page.gone = sorted((set(page.gone) | set(page.keys)) - set(keys))
    page.keys = keys
