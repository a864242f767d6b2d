"""Open links that were asked about. The worker calls it again and again."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from kiemtin.audit.clock import is_free
from kiemtin.audit.outage import outage
from kiemtin.audit.record import record
from kiemtin.matching.ask import Library
from kiemtin.matching.exceptions import MessageError
from kiemtin.questions.enums import PageState
from kiemtin.questions.judging import judged, search
from kiemtin.questions.link_pages import PageNotReadError, PageRead, PageReader, said_at
from kiemtin.questions.masking import mask
from kiemtin.questions.models import LinkPage, Message

LEASE = dt.timedelta(minutes=5)
UNKNOWN = "interrupted"
"""The failure of what trips the program."""

_log = logging.getLogger(__name__)


def read_link(*, reader: PageReader, library: Library, by: str = "worker") -> int:
    """Fetch the page that was waited for longest, once; returns how many were tried, 0 or 1.

    What goes wrong is stored for the desk to see and stops nothing. What it says is searched for, so that the desk
    sees which checks may answer it; it answers nobody by itself.
    """
    now = timezone.now()
    free = is_free("lease", now, lease=LEASE)
    page = LinkPage.objects.filter(free, state=PageState.WAITING).order_by("asked", "pk").first()
    if page is None:
        return 0
    if LinkPage.objects.filter(free, pk=page.pk, state=PageState.WAITING).update(lease=now + LEASE):
        try:
            _keep(page, reader(page.address), by)
            _match(page, library)
        except PageNotReadError as error:
            _fail(page, error.failure, error.status)
        except Exception as error:  # a page that trips the program must not stop the others
            if outage(error):  # no fault of the page: it is tried again when the lease has run out
                raise
            _log.error("link page %s: %s", page.pk, type(error).__name__)
            _fail(page, UNKNOWN)
    return 1


@transaction.atomic
def _keep(page: LinkPage, read: PageRead, by: str) -> None:
    page.state, page.tried, page.lease, page.sha256 = PageState.READ, timezone.now(), None, read.sha256
    page.led_to = _masked(read.url)[:4000] if read.url != page.address else ""
    page.title, page.description = _masked(read.title)[:400], _masked(read.description)
    page.text = _masked(read.text)
    page.save()
    record(by=by, verb="link.read", object_type="link-page", object_id=str(page.pk), desk="")


def _masked(text: str) -> str:
    masked = mask(text)
    return masked.text if masked.is_whole else ""


def _fail(page: LinkPage, failure: str, status: int = 0) -> None:
    rows = LinkPage.objects.filter(pk=page.pk, state=PageState.WAITING)
    rows.update(state=PageState.FAILED, failure=failure, status=status, tried=timezone.now(), lease=None)


def _match(page: LinkPage, library: Library) -> None:
    """Store what fits the page with the message that is only this link."""
    message = Message.objects.filter(digest=page.key).first()
    said = said_at(message.text) if message is not None else ""
    if message is None or not said:
        return
    try:
        searched = search(library, said)
    except MessageError:
        return
    with transaction.atomic():
        row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
        judged(row, searched, said, is_page=True)
        row.save(update_fields=["band", "guards", "matched_seq"])
