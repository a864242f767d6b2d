"""Let go of a saved view."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import Action
from kiemtin.questions.models import SavedView
from kiemtin.questions.view_names import check_mine, log_view


@transaction.atomic
def delete_view(*, view: SavedView, by: User) -> None:
    """Delete one's own view.

    Raises
    ------
    NotAllowedError
        It is somebody else's, or their role does not include it.
    """
    row = SavedView.objects.select_for_update(of=("self",)).select_related("desk").get(pk=view.pk)
    check_may(Action.SAVE_VIEW, user=by, desk=row.desk)
    check_mine(row, by=by)
    log_view("deleted", desk=row.desk, by=by, view=row)
    row.delete()
