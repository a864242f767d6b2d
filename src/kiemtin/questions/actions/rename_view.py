"""Give a saved view another name."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import Action
from kiemtin.questions.exceptions import NameTakenError
from kiemtin.questions.models import SavedView
from kiemtin.questions.view_names import check_mine, log_view, named


@transaction.atomic
def rename_view(*, view: SavedView, by: User, name: str) -> SavedView:
    """Rename one's own view.

    Raises
    ------
    NotAllowedError
        It is somebody else's, or their role does not include it.
    EmptyTextError
        No name.
    NameTakenError
        The person has another one of that name.
    """
    row = SavedView.objects.select_for_update(of=("self",)).select_related("desk").get(pk=view.pk)
    check_may(Action.SAVE_VIEW, user=by, desk=row.desk)
    check_mine(row, by=by)
    name = named(name)
    if SavedView.objects.filter(desk=row.desk, owner=by, name=name).exclude(pk=row.pk).exists():
        raise NameTakenError(f"view {row.pk}")
    row.name = name
    row.save(update_fields=["name"])
    log_view("renamed", desk=row.desk, by=by, view=row)
    return row
