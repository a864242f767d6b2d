"""Keep a filter of the queue under a name."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import Desk, User
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import Action
from kiemtin.questions.exceptions import TooManyViewsError
from kiemtin.questions.models import SavedView
from kiemtin.questions.view_names import log_view, named

MOST = 30
"""Views that one person keeps at a desk."""


@transaction.atomic
def save_view(*, desk: Desk, by: User, name: str, query: str) -> SavedView:
    """Keep the filter as the person's own view; under a name that they use already it takes the place of the old one.

    Parameters
    ----------
    query
        The filter as it stands in an address.

    Raises
    ------
    NotAllowedError
    EmptyTextError
        No name.
    TooManyViewsError
    """
    check_may(Action.SAVE_VIEW, user=by, desk=desk)
    mine = SavedView.objects.filter(desk=desk, owner=by)
    name = named(name)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise TooManyViewsError(f"{MOST} views")
    view, _is_new = SavedView.objects.update_or_create(desk=desk, owner=by, name=name, defaults={"query": query[:4000]})
    log_view("saved", desk=desk, by=by, view=view)
    return view
