"""Save what an author wrote."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.hands import add_author, void_approval
from kiemtin.checks.models import FactCheck
from kiemtin.checks.transition import begin, check_version, finish, write_content
from kiemtin.checks.workflow import Action


@transaction.atomic
def save_draft(*, fact_check: FactCheck, by: User, version: int, content: DraftContent) -> FactCheck:
    """Replace the working copy; it is a draft again, whatever was submitted or approved.

    Content that is there already changes nothing and voids nothing, so a save may be sent twice.

    Parameters
    ----------
    version
        The version that the author read before they wrote.

    Raises
    ------
    NotAllowedError, WrongStateError
    StaleVersionError
        Somebody else has saved since.
    """
    row = begin(Action.EDIT, fact_check, by=by)
    written, before = content.cleaned(), DraftContent.of(row)
    if written == before:
        return row
    check_version(row, version)
    write_content(row, written)
    void_approval(row)
    add_author(row, by)
    fields = [*written.changed_from(before), *(["note"] if written.note != before.note else [])]
    finish(Action.EDIT, row=row, by=by, fields=fields)
    return row
