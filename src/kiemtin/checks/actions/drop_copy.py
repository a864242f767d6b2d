"""Delete a copy that nothing published names."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.copies import is_told
from kiemtin.checks.copy_store import remove
from kiemtin.checks.exceptions import CopyInUseError
from kiemtin.checks.models import StoredCopy
from kiemtin.checks.transition import begin, note
from kiemtin.checks.workflow import Action


@transaction.atomic
def drop_copy(*, copy: StoredCopy, by: User) -> None:
    """Delete a copy, such as a file that was handed in by mistake; its file too, unless it is a copy of more.

    Raises
    ------
    NotAllowedError, WrongStateError
    StoredCopy.DoesNotExist
        It is deleted already.
    CopyInUseError
        Readers are told of it.
    """
    row = begin(Action.DROP_COPY, copy.fact_check, by=by)
    copy = StoredCopy.objects.select_for_update().defer("text").get(pk=copy.pk)
    copy.fact_check = row  # as it is now
    if is_told(copy):
        raise CopyInUseError("readers are told of it")
    sha256 = copy.sha256
    copy.delete()
    note(Action.DROP_COPY, row=row, by=by, sha256=sha256)
    if not StoredCopy.objects.filter(sha256=sha256).exists():
        transaction.on_commit(partial(remove, sha256))
