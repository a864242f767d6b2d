"""Word the claim of a case for the desk."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import Action
from kiemtin.questions.casework import begin, change, filled, log
from kiemtin.questions.models import Case


@transaction.atomic
def rename(*, case: Case, by: User, title: str) -> Case:
    """Give the case another title; what is longer than a title may be is cut.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    EmptyTextError
        No title.
    """
    row = begin(Action.RENAME, case=case, by=by)
    change(row, title=title_from(title))
    log(Action.RENAME, case=row, by=by)
    return row


def title_from(text: str) -> str:
    """Return a text as a title: one line, of the length that a title may have, not empty."""
    limit = Case._meta.get_field("title").max_length or 0
    line = " ".join(filled(text, field="title").split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
