"""Save what was written of a scam alert."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.hands import add_author
from kiemtin.checks.models import ScamAlert
from kiemtin.checks.transition import begin, check_version, finish, write_alert
from kiemtin.checks.workflow import Action


@transaction.atomic
def save_alert(*, alert: ScamAlert, by: User, version: int, content: AlertContent) -> ScamAlert:
    """Replace the working copy; it is a draft again, whatever was submitted or published.

    Content that is there already changes nothing, so a save may be sent twice.

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
    row = begin(Action.EDIT_ALERT, alert, by=by)
    written, before = content.cleaned(), AlertContent.of(row)
    if row.latest is not None or not written.language:
        written = replace(written, language=row.language)
    if written == before:
        return row
    check_version(row, version)
    write_alert(row, written)
    row.author = None
    add_author(row, by)
    names = ("title", "text", "checks", "note", "language")
    fields = [name for name in names if getattr(written, name) != getattr(before, name)]
    finish(Action.EDIT_ALERT, row=row, by=by, fields=fields)
    return row
