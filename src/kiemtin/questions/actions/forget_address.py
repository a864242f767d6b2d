"""Forget an address."""

from __future__ import annotations

from django.db import transaction

from kiemtin.audit.record import record
from kiemtin.questions.enums import ReplyState
from kiemtin.questions.models import Reply, ReplyAddress, Request


@transaction.atomic
def forget_address(*, request: Request, by: str = "asker") -> bool:
    """Delete the address that an asker left, and call off what waits for it; returns whether there was one.

    The receipt code shows the answer as before. Done again, it changes nothing.
    """
    count, _ = ReplyAddress.objects.filter(request=request).delete()
    Reply.objects.filter(request=request, state=ReplyState.QUEUED).update(state=ReplyState.CANCELLED)
    if count:
        record(by=by, verb="address.forgotten", object_type="reply-address", desk="")
    return bool(count)
