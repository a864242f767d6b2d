"""Deliver what waits in the outbox. Several workers may do it at once.

As near to exactly once as a handover over a network allows; docs/adr/0005-outbox.md says how and why.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone, translation

from kiemtin.audit.clock import is_over
from kiemtin.audit.outage import is_outage, let_go
from kiemtin.checks.models import Revision
from kiemtin.questions import outbox
from kiemtin.questions.enums import CaseState, ReplyKind, ReplyState
from kiemtin.questions.exceptions import UnreadableAddressError
from kiemtin.questions.explanations import explanation
from kiemtin.questions.models import Reply, ReplyAddress, Request
from kiemtin.questions.outbox import KEPT_FOR, LEASE, LONGEST_WAIT, Carrier, Telling, TransportError
from kiemtin.questions.outcomes import FIRST_ANSWERS
from kiemtin.questions.secrets import forget_key, unseal

_log = logging.getLogger(__name__)
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")
_PAUSES: Final = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Seconds between two tries to note what was handed over: whoever gives up there sends it twice."""

_STATE_OF = {
    ReplyKind.ANSWER: CaseState.PUBLISHED,
    ReplyKind.NOT_CHECKABLE: CaseState.NOT_CHECKABLE,
    ReplyKind.DECLINED: CaseState.DECLINED,
}


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many replies were sent, wait for another try, failed for good, or were called off."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    called_off: int = 0

    @property
    def count(self) -> int:
        """How many replies were looked at."""
        return self.sent + self.waiting + self.failed + self.called_off


def deliver(
    *,
    channels: Mapping[str, Carrier],
    limit: int = 100,
    now: dt.datetime | None = None,
    is_to_end: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Hand over replies that are due, at most `limit` of them; those whose channel is not there wait.

    Each is told as it stands at that moment. An older revision is never sent: whatever published the newer one has
    queued its own reply.

    Parameters
    ----------
    is_to_end
        Asked before each: whether to leave the rest for another time.
    """
    counts = dict.fromkeys(Delivered.__slots__, 0)
    for _ in range(limit):
        if is_to_end():
            break
        at = now or timezone.now()
        taken = _take(channels, at)
        if taken is None:
            break
        counts[_OUTCOMES[_deliver(taken, channels, at)]] += 1
    return Delivered(**counts)


_OUTCOMES = {
    ReplyState.SENT: "sent",
    ReplyState.QUEUED: "waiting",
    ReplyState.FAILED: "failed",
    ReplyState.SUPERSEDED: "called_off",
    ReplyState.CANCELLED: "called_off",
}


@dataclass(frozen=True, slots=True)
class _Taken:
    """A reply that is ours for the time of its lease; `was_left`: the worker before died over it."""

    reply: Reply
    was_left: bool


def _take(channels: Mapping[str, Carrier], at: dt.datetime) -> _Taken | None:
    """Take one reply that is due and store that it is being sent; None if there is none.

    What somebody is being told just now comes first: a correction must not overtake the answer that it corrects.
    """
    while (due := _due(channels, at).values_list("pk", "state").first()) is not None:
        pk, before = due
        lease = {"state": ReplyState.SENDING, "lease": at + LEASE, "attempts": F("attempts") + 1}
        # The condition again: another worker may have been quicker.
        if Reply.objects.filter(_is_due(at), pk=pk).update(**lease):
            return _Taken(Reply.objects.get(pk=pk), was_left=before == ReplyState.SENDING)
    return None


def _due(channels: Mapping[str, Carrier], at: dt.datetime) -> QuerySet[Reply]:
    before = Reply.objects.filter(request=OuterRef("request"), state=ReplyState.SENDING).exclude(_is_left(at))
    reachable = Q(request__reply_address__channel__in=list(channels)) | Q(request__reply_address__isnull=True)
    return Reply.objects.filter(_is_due(at), reachable).exclude(Exists(before)).order_by("next_try", "pk")


def _is_due(at: dt.datetime) -> Q:
    is_waited_for = Q(attempts=0) | is_over("next_try", at, longest=LONGEST_WAIT)
    return (Q(state=ReplyState.QUEUED) & is_waited_for) | (Q(state=ReplyState.SENDING) & _is_left(at))


def _is_left(at: dt.datetime) -> Q:
    """Return the condition that what is being sent is so for longer than a lease: its worker died."""
    return is_over("lease", at, longest=LEASE)


def _deliver(taken: _Taken, channels: Mapping[str, Carrier], at: dt.datetime) -> ReplyState:
    reply = taken.reply
    row = _read(reply)
    if taken.was_left:
        _note_doubtful(row)
    if reply.attempts > outbox.MAX_ATTEMPTS:  # workers died over it
        return _fail(reply, "worker", at, is_permanent=True)
    if (off := _called_off(row)) is not None:
        return _end(reply, off, "")
    address: ReplyAddress = row.request.reply_address
    plain = ""
    with ExitStack() as goodbye:
        try:
            plain = unseal(bytes(address.secret))
            goodbye.enter_context(channels[address.channel].hand_over(plain, _telling(row)))
        except UnreadableAddressError as error:
            return _end(reply, ReplyState.FAILED, error.code)
        except TransportError as error:
            if error.is_doubtful:
                _note_doubtful(row)
            return _fail(reply, _without(plain, str(error)), at, is_permanent=error.permanent)
        except Exception as error:  # a fault of ours in one reply must not hold up the others
            _log.error("a reply could not be handed over: %s", type(error).__name__)
            return _fail(reply, type(error).__name__, at, is_permanent=False)
        return _noted(reply, row, at)


def _noted(reply: Reply, row: Reply, at: dt.datetime) -> ReplyState:
    """Note that it was sent: at once, and again if the database cannot be written just now."""
    for pause in _PAUSES:
        try:
            return _sent(reply, row, at)
        except Exception as error:
            if not is_outage(error):
                raise
        let_go()
        time.sleep(pause)
    return _sent(reply, row, at)


def _read(reply: Reply) -> Reply:
    """Read the reply again with all that decides on it, right before it is handed over."""
    related = ("request__message__case", "request__shown", "request__reply_address", "case", "before")
    return Reply.objects.select_related(*related, "revision__fact_check__desk", "external_review").get(pk=reply.pk)


def _called_off(row: Reply) -> ReplyState | None:
    """Return why a reply is no longer to be sent."""
    if not hasattr(row.request, "reply_address"):
        return ReplyState.CANCELLED
    if row.revision is not None and row.revision.fact_check.latest_id != row.revision_id:
        return ReplyState.SUPERSEDED
    if row.external_review is not None and row.external_review.withdrawn != (row.kind == ReplyKind.WITHDRAWAL):
        return ReplyState.SUPERSEDED
    if row.kind in FIRST_ANSWERS:
        case = row.request.message.case
        if case is None or case.pk != row.case_id or case.state != _STATE_OF[ReplyKind(row.kind)]:
            return ReplyState.CANCELLED
    return None


@transaction.atomic
def _note_doubtful(row: Reply) -> None:
    """Count an answer as given that may have been: whoever got it is told what became of it.

    The worker that died over it, or the server that went away, may have sent it on. What the asker was shown since
    stays; what they had before stays with the reply, which says so if it goes again.
    """
    given = {"shown": row.revision_id, "shown_review": row.external_review_id}
    has_less = Q(shown=None, shown_review=None)
    if row.revision is not None:
        has_less |= Q(shown__fact_check=row.revision.fact_check_id, shown__number__lt=row.revision.number)
    if Request.objects.filter(has_less, pk=row.request_id).update(**given) and (before := _before(row)) is not None:
        Reply.objects.filter(pk=row.pk).update(before=before)


def _before(row: Reply) -> Revision | None:
    """Return the older revision that the asker has, of the check that they are told of."""
    shown, revision = row.request.shown, row.revision
    is_older = shown is not None and revision is not None and shown.fact_check_id == revision.fact_check_id
    return row.before or (shown if is_older and shown != revision else None)


def _telling(row: Reply) -> Telling:
    request, revision, case = row.request, row.revision, row.case
    why = ""
    if case is not None and row.kind == ReplyKind.NOT_CHECKABLE:
        with translation.override(request.language):
            why = explanation(case)
    return Telling(
        kind=row.kind,
        language=request.language,
        code=request.code,
        forget_key=forget_key(request),
        message_id=row.message_id,
        fact_check=revision.fact_check if revision is not None else None,
        revision=revision,
        before=_before(row),
        external_review=row.external_review,
        explanation=why,
        public_reason=case.public_reason if case is not None and row.kind == ReplyKind.DECLINED else "",
    )


@transaction.atomic
def _sent(reply: Reply, row: Reply, at: dt.datetime) -> ReplyState:
    if row.revision_id is not None or row.external_review_id is not None:
        shown = {"shown": row.revision_id, "shown_review": row.external_review_id}
        Request.objects.filter(pk=row.request_id).update(**shown)
    ReplyAddress.objects.filter(request=row.request_id).update(purge_after=at + KEPT_FOR)
    return _end(reply, ReplyState.SENT, "", sent=at)


@transaction.atomic
def _fail(reply: Reply, error: str, at: dt.datetime, *, is_permanent: bool) -> ReplyState:
    if not is_permanent and not outbox.is_last(reply):
        return _end(reply, ReplyState.QUEUED, error, next_try=at + outbox.wait_after(reply.attempts))
    # It is of no use any more: as after an answer, it goes in time. An editor may have it tried again until then.
    ReplyAddress.objects.filter(request=reply.request_id, purge_after=None).update(purge_after=at + KEPT_FOR)
    return _end(reply, ReplyState.FAILED, error)


def _end(reply: Reply, state: ReplyState, error: str, **fields: object) -> ReplyState:
    """Give the reply back, unless the lease ran out and another worker has it now."""
    limit = Reply._meta.get_field("error").max_length
    mine = Reply.objects.filter(pk=reply.pk, state=ReplyState.SENDING, lease=reply.lease)
    mine.update(state=state, lease=None, error=error[:limit], **fields)
    return state


def _without(address: str, error: str) -> str:
    """Return an error text without any address in it."""
    text = error.replace(address, "…") if address else error
    return " ".join(_ADDRESS.sub("…", text).split())
