"""From a stored review to what the matching core knows of it."""

from __future__ import annotations

from kiemtin.checks.models import ExternalReview
from kiemtin.retrieval import Record


def to_record(review: ExternalReview) -> Record:
    """Return the record of a review; its key is the record's id."""
    return Record(
        id=review.key,
        title=review.claim,
        text=review.summary,
        wordings=tuple(review.wordings),
        lang=review.language,
        work=review.work,
    )
