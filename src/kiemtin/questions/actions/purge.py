"""Delete what is kept for a time only. The worker calls it every ten minutes."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kiemtin.audit.clock import is_over
from kiemtin.audit.record import record
from kiemtin.questions.enums import IndicatorKind, ReplyState
from kiemtin.questions.limits import LONGEST
from kiemtin.questions.models import Bucket, Indicator, Picture, Reply, ReplyAddress, Request, Sighting
from kiemtin.questions.outcomes import DECIDED

UNANSWERED_FOR = dt.timedelta(days=180)
"""So long the address of a question that is never answered is kept."""

NUMBERS_FOR = dt.timedelta(days=365)
"""So long a number by which copies of a scam are found is recognised after it was last asked about."""

ASKER_FOR = dt.timedelta(days=1)
"""So long it is kept which questions came from one asker."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many addresses, pictures, hashes of askers, counters of limits and numbers of scams were deleted."""

    addresses: int = 0
    pictures: int = 0
    askers: int = 0
    buckets: int = 0
    numbers: int = 0


@transaction.atomic
def purge(*, now: dt.datetime | None = None, by: str = "worker") -> Purged:
    """Delete addresses, pictures, hashes of askers, counters, numbers of scams and sessions whose time is over.

    Addresses go 30 days after the last answer, or 180 days after they were left if there was none; hashes of askers
    after a day; numbers a year after they were last asked about. Pictures go when their case is decided or their time
    is over, whichever is first; those that a checker needs only with their time. The privacy page states these times.
    """
    at = now or timezone.now()
    over = Q(purge_after__lte=at) | Q(purge_after=None, created__lte=at - UNANSWERED_FOR)
    addresses, _ = ReplyAddress.objects.filter(over).delete()
    if addresses:
        waiting = Reply.objects.filter(state=ReplyState.QUEUED, request__reply_address=None)
        waiting.update(state=ReplyState.CANCELLED)
    askers = Request.objects.exclude(asker="").filter(at__lte=at - ASKER_FOR).update(asker="")
    buckets, _ = Bucket.objects.filter(is_over("ends", at, longest=LONGEST)).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    numbers = _forget_numbers(at)
    done = Purged(addresses=addresses, pictures=_pictures(at), askers=askers, buckets=buckets, numbers=numbers)
    if done != Purged():
        record(by=by, verb="personal-data.purged", detail=asdict(done))
    return done


def _pictures(at: dt.datetime) -> int:
    """Delete pictures, and those that nothing was asked with together with what was read from them."""
    unasked, _ = Picture.objects.filter(request=None, delete_after__lte=at).delete()
    decided = Q(request__message__case__state__in=DECIDED, needed=None)
    kept = Picture.objects.exclude(secret=b"").filter(Q(delete_after__lte=at) | decided)
    return unasked + Picture.objects.filter(pk__in=list(kept.values_list("pk", flat=True))).update(secret=b"")


def _forget_numbers(at: dt.datetime) -> int:
    of_late = Sighting.objects.filter(last__gt=timezone.localdate(at - NUMBERS_FOR)).values("indicator")
    numbers = Indicator.objects.filter(kind__in=[IndicatorKind.PHONE, IndicatorKind.ACCOUNT]).exclude(pk__in=of_late)
    gone = numbers.count()
    numbers.delete()
    return gone
