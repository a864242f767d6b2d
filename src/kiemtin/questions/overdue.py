"""Which rows have been kept long enough, and what is left of them: what `retention` is made of."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from kiemtin.accounts.models import ApiToken, Attempt, Invitation
from kiemtin.audit.clock import is_over
from kiemtin.questions.enums import CaseState, IndicatorKind, ReplyState
from kiemtin.questions.limits import LONGEST_WINDOW
from kiemtin.questions.models import (
    Bucket,
    Case,
    ErrorReport,
    Indicator,
    LinkPage,
    Match,
    Message,
    Picture,
    Reply,
    ReplyAddress,
    Request,
    Sighting,
)
from kiemtin.questions.outcomes import DECIDED
from kiemtin.questions.shelf import renumber

CLOSED_FOR = dt.timedelta(days=180)
"""So long the text of a message is kept after its case was declined or closed without a rating."""

UNANSWERED_FOR = dt.timedelta(days=180)
"""So long the address of a question that is never answered is kept."""

NUMBERS_FOR = dt.timedelta(days=365)
"""So long a number by which copies of a scam are found is recognised after it was last asked about."""

ASKER_FOR = dt.timedelta(days=1)
"""So long it is kept which questions came from one asker."""

PAGES_FOR = dt.timedelta(days=365)
"""So long it is kept what stood at a link."""

REPORTS_FOR = dt.timedelta(days=365)
"""So long the text of an error report is kept after it was dealt with."""

INVITATIONS_FOR = dt.timedelta(days=30)
"""So long an invitation is kept after its end."""

TOKENS_FOR = dt.timedelta(days=365)
"""So long it is kept after its end which token there was."""

ATTEMPTS_FOR = dt.timedelta(minutes=5)
"""So long attempts to sign in are counted, at most: the longest window of allauth's limits."""

_CLOSED = (CaseState.DECLINED, CaseState.NOT_CHECKABLE)
_PART = 500


def delete(rows: QuerySet[Any]) -> int:
    """Delete rows; returns how many, without those that went with them."""
    count = rows.count()
    rows.delete()
    return count


# What askers leave


def texts(at: dt.datetime) -> QuerySet[Message]:
    """Return messages of cases that were closed without a check. One that may be published as open data stays."""
    before = at - CLOSED_FOR
    closed = Message.objects.filter(case__state__in=_CLOSED, case__state_since__lte=before, last_asked__lte=before)
    return closed.filter(agreed=0).exclude(text="")


def empty_texts(rows: QuerySet[Message]) -> int:
    """Take the texts out, and the titles that were made of them; the index of messages follows."""
    found = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", "case"))
    numbers = [pk for pk, _case in found]
    for at in range(0, len(numbers), _PART):
        part = numbers[at : at + _PART]
        Message.objects.filter(pk__in=part).update(text="")
        Match.objects.filter(message__in=part).update(passage="")
    renumber(numbers)
    speaking = Message.objects.filter(case=OuterRef("pk")).exclude(text="")
    bare = Concat(Value("#"), Cast("pk", CharField()))
    cases = Case.objects.filter(~Exists(speaking), pk__in={case for _pk, case in found})
    cases.update(title=bare, title_plain=bare)
    return len(numbers)


def give_text_back(message: Message, text: str) -> Message:
    """Give a message its text again that was deleted, for it is asked about anew; call it inside a transaction."""
    if not message.text:
        message.text = text
        message.save(update_fields=["text"])
        renumber([message.pk])
        message.refresh_from_db(fields=["seq"])
    return message


def unasked(at: dt.datetime) -> QuerySet[Picture]:
    """Return pictures with which nothing was asked."""
    return Picture.objects.filter(request=None, delete_after__lte=at)


def pictures(at: dt.datetime) -> QuerySet[Picture]:
    """Return pictures whose case is decided or whose time is over; one that a checker needs only goes by its time."""
    decided = Q(request__message__case__state__in=DECIDED, request__message__case__state_since__lte=at, needed=None)
    there = Picture.objects.exclude(secret=b"").exclude(request=None)
    return there.filter(Q(delete_after__lte=at) | decided)


def empty_pictures(rows: QuerySet[Picture]) -> int:
    """Take the pixels out."""
    return Picture.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(secret=b"")


def askers(at: dt.datetime) -> QuerySet[Request]:
    """Return requests that still say which came from one asker."""
    return Request.objects.exclude(asker="").filter(at__lte=at - ASKER_FOR)


def empty_askers(rows: QuerySet[Request]) -> int:
    """Take that out."""
    return rows.update(asker="")


def addresses(at: dt.datetime) -> QuerySet[ReplyAddress]:
    """Return addresses a while after the last answer, or after they were left if there was none."""
    return ReplyAddress.objects.filter(Q(purge_after__lte=at) | Q(purge_after=None, created__lte=at - UNANSWERED_FOR))


def delete_addresses(rows: QuerySet[ReplyAddress]) -> int:
    """Delete addresses, and call off what waits for them."""
    count = delete(rows)
    waiting = Reply.objects.filter(state=ReplyState.QUEUED, request__reply_address=None)
    waiting.update(state=ReplyState.CANCELLED)
    return count


def numbers(at: dt.datetime) -> QuerySet[Indicator]:
    """Return numbers of scams that were not asked about of late."""
    of_late = Sighting.objects.filter(last__gt=timezone.localdate(at - NUMBERS_FOR)).values("indicator")
    return Indicator.objects.filter(kind__in=[IndicatorKind.PHONE, IndicatorKind.ACCOUNT]).exclude(pk__in=of_late)


def pages(at: dt.datetime) -> QuerySet[LinkPage]:
    """Return what stood at links."""
    return LinkPage.objects.filter(asked__lte=at - PAGES_FOR)


def buckets(at: dt.datetime) -> QuerySet[Bucket]:
    """Return counters whose window is over, or lies further ahead than any."""
    return Bucket.objects.filter(is_over("ends", at, longest=LONGEST_WINDOW))


def reports(at: dt.datetime) -> QuerySet[ErrorReport]:
    """Return error reports that the desk was done with."""
    return ErrorReport.objects.exclude(text="").filter(handled__lte=at - REPORTS_FOR)


def empty_reports(rows: QuerySet[ErrorReport]) -> int:
    """Take the texts out."""
    return rows.update(text="")


# What people at a desk leave


def sessions(at: dt.datetime) -> QuerySet[Session]:
    """Return sessions that are over."""
    return Session.objects.filter(expire_date__lte=at)


def attempts(at: dt.datetime) -> QuerySet[Attempt]:
    """Return counts of attempts that count no more."""
    return Attempt.objects.filter(expires__lte=at)


def invitations(at: dt.datetime) -> QuerySet[Invitation]:
    """Return invitations that were accepted, taken back or too old."""
    before = at - INVITATIONS_FOR
    return Invitation.objects.filter(
        Q(accepted__lte=before) | Q(revoked__lte=before) | Q(accepted=None, revoked=None, expires__lte=before)
    )


def tokens(at: dt.datetime) -> QuerySet[ApiToken]:
    """Return tokens that were revoked or too old."""
    before = at - TOKENS_FOR
    return ApiToken.objects.filter(Q(revoked__lte=before) | Q(expires__lte=before))
