"""What saving, renaming and deleting a view of the queue have in common."""

from __future__ import annotations

from kiemtin.accounts.models import Desk, User
from kiemtin.audit.record import record
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.casework import filled
from kiemtin.questions.models import SavedView


def named(name: str) -> str:
    """Return a name as it is stored: one line, cut to its length.

    Raises
    ------
    EmptyTextError
        Nothing is left.
    """
    limit = SavedView._meta.get_field("name").max_length or 0
    return " ".join(filled(name, field="name").split())[:limit].rstrip()


def check_mine(view: SavedView, *, by: User) -> None:
    """Check that a view is the person's own.

    Raises
    ------
    NotAllowedError
        It is not.
    """
    if view.owner_id != by.pk:
        raise NotAllowedError(f"view {view.pk} is somebody else's", action=Action.SAVE_VIEW)


def log_view(what: str, *, desk: Desk, by: User, view: SavedView) -> None:
    """Write into the audit log that a view was saved, renamed or deleted; its name stays out of it."""
    record(
        by=by.actor,
        verb=RULES[Action.SAVE_VIEW].verb,
        object_type="view",
        object_id=str(view.pk),
        desk=desk.slug,
        detail={"what": what},
    )
