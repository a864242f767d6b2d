"""Take the copies of sources that were asked for."""

from __future__ import annotations

import logging

from django.utils import timezone

from kiemtin.audit.clock import is_free
from kiemtin.audit.outage import outage
from kiemtin.checks.actions.keep_copy import FetchedCopy, keep_fetched_copy
from kiemtin.checks.enums import CopyState
from kiemtin.checks.exceptions import WorkError
from kiemtin.checks.models import CopyRequest
from kiemtin.exchange.actions.fetch_source import public_fetcher
from kiemtin.exchange.copying import LEASE, fetched_page
from kiemtin.exchange.fetching.failures import Failure, FetchError
from kiemtin.exchange.fetching.fetcher import Fetcher
from kiemtin.media.copies.warc import MEDIA_TYPE

_log = logging.getLogger(__name__)


def take_copies(*, by: str = "worker", fetcher: Fetcher | None = None) -> int:
    """Take the copy that has been waited for longest; returns how many were tried, 0 or 1.

    What goes wrong is stored with the request, for the desk to see, and stops nothing. While the disk is full the
    request waits.
    """
    now = timezone.now()
    free = is_free("lease", now, lease=LEASE)
    request = CopyRequest.objects.filter(free, state=CopyState.WAITING).order_by("asked", "pk").first()
    if request is None:
        return 0
    if CopyRequest.objects.filter(free, pk=request.pk).update(lease=now + LEASE):
        _take(request, by, fetcher or public_fetcher())
    return 1


def _take(request: CopyRequest, by: str, fetcher: Fetcher) -> None:
    try:
        with fetched_page(request.url, fetcher) as page:
            copy = FetchedCopy(
                file=page.archive(),
                media_type=MEDIA_TYPE,
                fetched_from=page.answer.url,
                payload_type=page.answer.content_type[:100],
                text=page.text,
                text_digest=page.digest,
            )
            keep_fetched_copy(request=request, copy=copy, by=by)
    except FetchError as error:
        _fail(request, error.failure, error.status)
    except WorkError:
        _fail(request, Failure.TOO_LARGE)
    except Exception as error:  # a page that trips the program must not stop the others
        if outage(error):  # no fault of the page: it is tried again when the lease has run out
            raise
        _log.error("copy request %s: %s", request.pk, type(error).__name__)
        _fail(request, Failure.INTERRUPTED)


def _fail(request: CopyRequest, failure: Failure, status: int = 0) -> None:
    CopyRequest.objects.filter(pk=request.pk).update(
        state=CopyState.FAILED, failure=failure, status=status, tried=timezone.now(), lease=None
    )
