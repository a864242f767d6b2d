"""Whether everyone who left an address was told, each of each answer once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kiemtin.questions.enums import CaseState, ReplyKind, ReplyState
from kiemtin.questions.models import Reply, Request

_KIND = {CaseState.NOT_CHECKABLE: ReplyKind.NOT_CHECKABLE, CaseState.DECLINED: ReplyKind.DECLINED}


def sent(mails: Counter[str]) -> Iterator[str]:
    """Compare the outbox with the mails that the server took, by Message-ID; nothing waits any more."""
    replies = dict(Reply.objects.values_list("message_id", "state"))
    for message_id, state in replies.items():
        if state == ReplyState.SENT and not mails[message_id]:
            yield f"the reply {message_id} counts as sent and was never taken"
        if state in (ReplyState.QUEUED, ReplyState.SENDING, ReplyState.FAILED):
            yield f"the reply {message_id} is {state}"
    for message_id in mails.keys() - replies.keys():
        yield f"the mail {message_id} is of no reply"
    rows = Reply.objects.exclude(state=ReplyState.SENT).filter(message_id__in=[one for one in mails if mails[one]])
    for reply in rows.select_related("request__shown", "revision"):
        if not _counts_as_given(reply):
            yield f"the reply {reply.message_id} was taken and is {reply.state}"


def _counts_as_given(reply: Reply) -> bool:
    """Return whether a reply whose worker died at the handover, and that was overtaken then, is not forgotten."""
    if reply.state not in (ReplyState.SUPERSEDED, ReplyState.CANCELLED):
        return False
    request = reply.request
    if request.replies.filter(state=ReplyState.SENT, pk__gt=reply.pk).exists():
        return True
    if reply.revision is not None:
        return request.shown is not None and request.shown.fact_check_id == reply.revision.fact_check_id
    return reply.external_review_id is None or request.shown_review_id == reply.external_review_id


def told() -> Iterator[str]:
    """Look whether each who asked and left an address was told how the case of their message stands."""
    rows = Request.objects.filter(reply_address__isnull=False, message__case__isnull=False)
    for request in rows.select_related("message__case__fact_check", "shown"):
        case = request.message.case
        if case.state in _KIND and request.shown is None and request.shown_review is None:
            got = request.replies.filter(kind=_KIND[case.state], case=case, state=ReplyState.SENT).count()
            if got != 1:
                yield f"request {request.code} was told {got} times that its case is {case.state}"
        if case.state == CaseState.PUBLISHED and case.fact_check is not None:
            yield from _of_check(request)


def _of_check(request: Request) -> Iterator[str]:
    latest = request.message.case.fact_check.latest
    got = request.replies.filter(revision=latest, state=ReplyState.SENT).count()
    if got > 1:
        yield f"request {request.code} was told {got} times of one revision"
    if not got and request.shown_id != latest.pk and latest.kind != "withdrawal":
        yield f"request {request.code} was not told of revision {latest.pk}"
