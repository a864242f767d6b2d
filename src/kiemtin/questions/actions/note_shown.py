"""Note what an asker has seen."""

from __future__ import annotations

from django.db import transaction

from kiemtin.matching.finding import Finding
from kiemtin.questions.models import Request


def note_shown(*, request: Request, answer: Finding) -> bool:
    """Note that the asker was shown this answer, so that they are told when it changes; returns whether it is new.

    What is noted already takes no lock: nearly every look at a receipt is one of those.
    """
    shown = answer.revision.pk if answer.revision else None
    review = answer.external_review.pk if answer.external_review else None
    if (request.shown_id, request.shown_review_id) == (shown, review):
        return False
    with transaction.atomic():
        before = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if (before.shown_id, before.shown_review_id) == (shown, review):
            return False
        before.shown_id, before.shown_review_id = shown, review
        before.save(update_fields=["shown", "shown_review"])
    return True
