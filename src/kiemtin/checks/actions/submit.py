"""Hand a draft in for review."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.actions.take_copy import ask_for_missing
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.hands import add_author
from kiemtin.checks.models import FactCheck
from kiemtin.checks.transition import begin, check_complete, finish
from kiemtin.checks.workflow import Action


@transaction.atomic
def submit(*, fact_check: FactCheck, by: User, version: int) -> FactCheck:
    """Submit the version that was read; who submits signs as its author. Copies that its sources lack are asked for.

    Raises
    ------
    NotAllowedError, WrongStateError, StaleVersionError
    IncompleteError
        Something is missing.
    """
    row = begin(Action.SUBMIT, fact_check, by=by, version=version)
    check_complete(row)
    add_author(row, by)
    row.author = by
    ask_for_missing(fact_check=row, sources=DraftContent.of(row).sources)
    finish(Action.SUBMIT, row=row, by=by)
    return row
