"""Take an asker's word on whether the masked text of their question may be published as open data."""

from __future__ import annotations

from django.db import transaction

from kiemtin.audit.record import record
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.questions.casework import desk_slug
from kiemtin.questions.models import Message, Request

TAKEN_BACK = "consents-taken-back"
"""Counter of the texts that nobody agrees to any more: whoever offers them follows it (see `exchange.opendata`)."""


@transaction.atomic
def say_whether_to_publish(*, request: Request, agrees: bool, by: str = "asker") -> Request:
    """Note the asker's yes, or that they take it back. Nobody agrees by asking, or by saying nothing.

    The yes lies with the request; the message counts how many agree, and its text may be published while one does.
    So the count tells what was agreed even where a request is there no more. Said again, it changes nothing.
    """
    message = Message.objects.select_for_update(of=("self",)).get(pk=request.message_id)  # first, as in `ask`
    row = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if row.agreed == agrees:
        return row
    row.agreed = agrees
    row.save(update_fields=["agreed"])
    message.agreed += 1 if agrees else -1
    message.save(update_fields=["agreed"])
    if message.agreed == 0:
        number_changes(count=1, name=TAKEN_BACK)
    verb = "text.given" if agrees else "text.taken-back"
    record(by=by, verb=verb, object_type="message", object_id=str(message.pk), desk=desk_slug(message))
    return row
