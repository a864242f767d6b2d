"""Leave an address to be told at."""

from __future__ import annotations

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from kiemtin.audit.record import record
from kiemtin.questions.enums import ReplyState
from kiemtin.questions.exceptions import AddressError, NotAnAnswerError, TooManyAddressesError
from kiemtin.questions.models import Message, Reply, ReplyAddress, Request
from kiemtin.questions.outbox import KEPT_FOR
from kiemtin.questions.outcomes import DECIDED, queue_outcome
from kiemtin.questions.secrets import digest_of_address, seal

MAX_QUESTIONS = 20
"""So many questions may name one address at a time: it may be somebody else's, who never asked."""

_LONGEST = 254  # RFC 5321


@transaction.atomic
def leave_address(*, request: Request, address: str, channel: str = "mail", by: str = "asker") -> ReplyAddress:
    """Store, encrypted, where one asker wishes to be told; it takes the place of one left before.

    If the question was decided while they were typing, what is decided is queued. The log tells that an address was
    left, and neither which one nor for which question.

    Raises
    ------
    AddressError
        It is no mail address.
    TooManyAddressesError
        Too many questions name it.
    """
    plain = _checked(address)
    digest = digest_of_address(plain)
    message = Message.objects.select_for_update(of=("self",)).select_related("case").get(pk=request.message_id)
    row = Request.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if ReplyAddress.objects.filter(digest=digest).exclude(request=row).count() >= MAX_QUESTIONS:
        raise TooManyAddressesError("too many questions name this address")
    is_answered = row.shown_id is not None or row.shown_review_id is not None
    now = timezone.now()
    values = {
        "channel": channel,
        "secret": seal(plain),
        "digest": digest,
        "created": now,
        "purge_after": now + KEPT_FOR if is_answered else None,
    }
    left, _ = ReplyAddress.objects.update_or_create(request=row, defaults=values)
    if not is_answered:
        _catch_up(row, message)
    record(by=by, verb="address.left", object_type="reply-address", desk="", detail={"channel": channel})
    return left


def _checked(address: str) -> str:
    plain = address.strip()
    try:
        validate_email(plain)
    except ValidationError:
        raise AddressError("no mail address") from None
    if len(plain) > _LONGEST:
        raise AddressError("too long")
    return plain


def _catch_up(request: Request, message: Message) -> None:
    """Queue what the case has told the others already."""
    case = message.case
    told = Reply.objects.filter(
        request=request, case=case, state__in=[ReplyState.QUEUED, ReplyState.SENDING, ReplyState.SENT]
    )
    if case is not None and case.state in DECIDED and not told.exists():
        with suppress(NotAnAnswerError):  # withdrawn: the receipt says so, and nothing more is to come
            queue_outcome(case=case, requests=Request.objects.filter(pk=request.pk))
