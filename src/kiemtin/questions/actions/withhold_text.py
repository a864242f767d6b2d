"""Keep a text out of the open data for good, though somebody agreed: what the masking missed is seen by people."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.audit.record import record
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.actions.say_whether_to_publish import TAKEN_BACK
from kiemtin.questions.casework import begin, desk_slug
from kiemtin.questions.exceptions import UnknownMessageError
from kiemtin.questions.models import Message


@transaction.atomic
def withhold_text(*, number: int, by: User | str) -> None:
    """Withhold the text of a message, once; the months on offer follow as when a consent is taken back.

    Parameters
    ----------
    by
        A person of the desk whose case it is in, or the role of whoever works at the command line.

    Raises
    ------
    UnknownMessageError
        There is no message of this number.
    NotAllowedError, ConflictOfInterestError
    """
    message = Message.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if message is None or (isinstance(by, User) and message.case is None):
        raise UnknownMessageError(f"there is no message {number}")
    actor = by if isinstance(by, str) else _checked(message, by)
    if message.withheld:
        return
    message.withheld = True
    message.save(update_fields=["withheld"])
    number_changes(count=1, name=TAKEN_BACK)
    record(
        by=actor,
        verb=RULES[Action.WITHHOLD_TEXT].verb,
        object_type="message",
        object_id=str(number),
        desk=desk_slug(message),
    )


def _checked(message: Message, by: User) -> str:
    if message.case is not None:
        begin(Action.WITHHOLD_TEXT, case=message.case, by=by)
    return by.actor
