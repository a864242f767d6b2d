"""Keep a text out of the open data for good, though somebody agreed: what the masking missed is seen by people."""

from __future__ import annotations

from django.db import transaction

from kiemtin.audit.record import record
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.questions.actions.say_whether_to_publish import TAKEN_BACK
from kiemtin.questions.exceptions import UnknownMessageError
from kiemtin.questions.models import Message


@transaction.atomic
def withhold_text(*, number: int, by: str) -> None:
    """Withhold the text of a message, once; the months on offer follow as when a consent is taken back.

    Raises
    ------
    UnknownMessageError
        There is no message of this number.
    """
    message = Message.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if message is None:
        raise UnknownMessageError(f"there is no message {number}")
    if message.withheld:
        return
    message.withheld = True
    message.save(update_fields=["withheld"])
    number_changes(count=1, name=TAKEN_BACK)
    record(by=by, verb="text.withheld", object_type="message", object_id=str(number))
