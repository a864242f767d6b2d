"""Withdraw a published fact-check."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.logged import log_revision
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.checks.signals import revision_published
from kiemtin.checks.transition import begin, finish, required, settle, withdrawn
from kiemtin.checks.workflow import Action


@transaction.atomic
def withdraw(*, fact_check: FactCheck, by: User, note: str) -> Revision:
    """Stop giving it as an answer, for good. Its page stays and says why; a correction under way is dropped.

    Raises
    ------
    NotAllowedError, WrongStateError
    EmptyTextError
        No note.
    """
    row = begin(Action.WITHDRAW, fact_check, by=by)
    revision = withdrawn(row.revisions.latest("number"), required(note, field="note"))
    revision.changed_fields = []
    revision.save()
    settle(row)
    row.latest, row.changed = revision, revision.at
    row.recheck_on = None
    (row.seq,) = number_changes(count=1)
    finish(Action.WITHDRAW, row=row, by=by, revision=revision.number)
    revision_published.send(sender=FactCheck, fact_check=row, revision=revision, by=by)
    log_revision(revision)  # last: from here on others who publish wait
    return revision
