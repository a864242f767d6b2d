"""Put replies into the outbox."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kiemtin.checks.models import ExternalReview, Revision
from kiemtin.questions.enums import ReplyKind, ReplyState
from kiemtin.questions.models import Case, Reply, Request

_BATCH = 1000


@transaction.atomic
def queue_replies(
    *,
    kind: ReplyKind,
    requests: QuerySet[Request],
    case: Case | None = None,
    revision: Revision | None = None,
    external_review: ExternalReview | None = None,
) -> int:
    """Queue one reply to each of the requests that left an address; returns how many are new.

    A request is told of a revision once: one that was told is left out, and one whose reply was called off before it
    went out is queued again. The number of statements grows with the batches, not with the requests.
    """
    with_address = requests.filter(reply_address__isnull=False)
    about = {"kind": kind, "case": case, "revision": revision, "external_review": external_review}
    again = 0
    if revision is not None:
        called_off = Reply.objects.filter(
            request__in=with_address.values("pk"),
            revision=revision,
            state__in=[ReplyState.CANCELLED, ReplyState.SUPERSEDED],
        )
        again = called_off.update(
            state=ReplyState.QUEUED, kind=kind, case=case, attempts=0, next_try=timezone.now(), lease=None, error=""
        )
        with_address = with_address.exclude(replies__revision=revision)
    host = urlsplit(settings.KIEMTIN_ADDRESS).hostname or "localhost"
    pks = list(with_address.order_by("pk").values_list("pk", flat=True))
    rows = [Reply(request_id=pk, message_id=_message_id(host), **about) for pk in pks]
    Reply.objects.bulk_create(rows, batch_size=_BATCH)
    return again + len(rows)


def _message_id(host: str) -> str:
    return f"<reply-{secrets.token_hex(16)}@{host}>"
