"""Begin a fact-check."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import Desk, User
from kiemtin.checks.draft import one_line
from kiemtin.checks.enums import Stage, Topic
from kiemtin.checks.hands import add_author
from kiemtin.checks.models import FactCheck
from kiemtin.checks.permissions import check_may
from kiemtin.checks.transition import finish
from kiemtin.checks.workflow import Action


@transaction.atomic
def start_fact_check(  # noqa: PLR0913  (all but two have a default)
    *, desk: Desk, by: User, claim: str = "", language: str | None = None, topic: str = "", work: str = ""
) -> FactCheck:
    """Begin a fact-check of a desk, in the desk's language unless another is given.

    Who gives the claim has written, and so is an author; who only opens an empty one is not.

    Raises
    ------
    NotAllowedError
    """
    # Whether a case is in a state to be drafted for is the room of cases' to check; a draft of its own has none.
    check_may(Action.EDIT, user=by, desk=desk, state=Stage.DRAFT)
    row = FactCheck.objects.create(
        desk=desk,
        language=language or desk.language,
        claim=one_line(claim),
        topic=Topic(topic).value if topic else "",
        work=work,
    )
    if row.claim:
        add_author(row, by)
    finish(Action.START_DRAFT, row=row, by=by, language=row.language)
    return row
