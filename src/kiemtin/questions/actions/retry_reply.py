"""Have a reply that failed sent again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import Desk, User
from kiemtin.audit.record import record
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.enums import ReplyState
from kiemtin.questions.exceptions import NotWaitingError
from kiemtin.questions.models import Reply


@transaction.atomic
def retry_reply(*, reply: Reply, by: User) -> Reply:
    """Queue a failed reply again, with all its attempts; if it was overtaken meanwhile, the worker calls it off.

    Raises
    ------
    NotAllowedError
    NotWaitingError
        It did not fail.
    """
    related = ("case__desk", "revision__fact_check__desk")
    row = Reply.objects.select_for_update(of=("self",)).select_related(*related).get(pk=reply.pk)
    desk = desk_of(row)
    check_may(Action.RETRY_REPLY, user=by, desk=desk)
    if row.state != ReplyState.FAILED:
        raise NotWaitingError(f"reply {row.pk} is {row.state}")
    row.state, row.attempts, row.next_try, row.error = ReplyState.QUEUED, 0, timezone.now(), ""
    row.save(update_fields=["state", "attempts", "next_try", "error"])
    record(
        by=by.actor,
        verb=RULES[Action.RETRY_REPLY].verb,
        object_type="reply",
        object_id=str(row.pk),
        desk=desk.slug,
        detail={"kind": row.kind},
    )
    return row


def desk_of(reply: Reply) -> Desk:
    """Return the desk that tells it."""
    if reply.case is not None:
        return reply.case.desk
    if reply.revision is not None:
        return reply.revision.fact_check.desk
    if reply.external_review_id is not None and (desk := Desk.objects.filter(is_intake=True).first()):
        return desk  # it takes in the questions, and answered this one without a case
    raise NotWaitingError(f"reply {reply.pk} is about nothing")
