"""Write a note on a case."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import Action
from kiemtin.questions.casework import begin, filled, log
from kiemtin.questions.models import Case, CaseNote


@transaction.atomic
def note(*, case: Case, by: User, text: str) -> CaseNote:
    """Add a note for the others at the desk; it is never public.

    Raises
    ------
    NotAllowedError
    EmptyTextError
        Nothing was written.
    """
    row = begin(Action.NOTE, case=case, by=by)
    written = CaseNote.objects.create(case=row, author=by, text=filled(text, field="text"))
    log(Action.NOTE, case=row, by=by)
    return written
