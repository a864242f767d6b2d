"""Say whether readers are given a copy, or only told of it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.enums import CopyLicence
from kiemtin.checks.models import StoredCopy
from kiemtin.checks.transition import begin, note
from kiemtin.checks.workflow import Action


@transaction.atomic
def license_copy(*, copy: StoredCopy, by: User, licence: CopyLicence) -> StoredCopy:
    """Say it for one copy; whoever asks for the file is given it, or not, from now on.

    Raises
    ------
    NotAllowedError, WrongStateError
    StoredCopy.DoesNotExist
        It is deleted meanwhile.
    """
    row = begin(Action.LICENSE_COPY, copy.fact_check, by=by)
    copy = StoredCopy.objects.select_for_update().defer("text").get(pk=copy.pk)
    if copy.licence != licence:
        copy.licence, copy.changed = CopyLicence(licence), timezone.now()
        copy.save(update_fields=["licence", "changed"])
        note(Action.LICENSE_COPY, row=row, by=by, sha256=copy.sha256, licence=copy.licence)
    return copy
