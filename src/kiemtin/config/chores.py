"""What is done behind the pages, and how often it is looked after."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone

from kiemtin.audit.pulse import Jump, beat, is_believed
from kiemtin.channels.registry import channels
from kiemtin.config.backup.safety_copy import clear_copies
from kiemtin.config.link_reader import read_page
from kiemtin.config.worker import Chore
from kiemtin.exchange.actions.fetch_due import fetch_due
from kiemtin.exchange.actions.look_at_sources import follow_published, look_at_sources
from kiemtin.exchange.actions.take_copies import take_copies
from kiemtin.exchange.opendata.due import has_taken_back, is_month_due
from kiemtin.matching.actions.follow import follow, is_behind
from kiemtin.matching.live import live, live_library
from kiemtin.questions.actions.deliver import deliver
from kiemtin.questions.actions.purge import purge
from kiemtin.questions.actions.read_link import read_link
from kiemtin.questions.actions.read_pictures import read_next
from kiemtin.questions.actions.say_whether_to_publish import TAKEN_BACK
from kiemtin.questions.actions.settle import settle
from kiemtin.questions.shelf import MESSAGES
from kiemtin.retrieval.errors import IndexLockedError

_ACTOR = "worker"
_AT_ONCE, _SOON, _LATER = 0.2, 0.5, 600.0  # seconds
_GRACE = 10.0  # seconds for what is in hand; a mail that is cut off goes again, under the same Message-ID


def chores(*, is_to_end: Callable[[], bool] = lambda: False) -> tuple[Chore, ...]:
    """Return the chores in the order in which they are due.

    All but the index run beside it: what is published is to be found within two seconds, whatever else there is to do.

    Parameters
    ----------
    is_to_end
        Whether what is begun now should be the last.
    """

    def replies() -> int:
        return deliver(channels=channels(), is_to_end=is_to_end).count

    return (
        Chore("sources", fetch_due, 1.0, is_apart=True),
        Chore("pictures", read_next, _SOON, is_apart=True),
        Chore("links", _links, 1.0, is_apart=True),
        Chore("copies", take_copies, 1.0, is_apart=True),
        Chore("cited sources", _cited_sources, 30.0, is_apart=True),
        Chore("index", _index, _AT_ONCE),
        Chore("cases", _cases, _SOON, is_apart=True, grace=_GRACE),
        Chore("replies", replies, 1.0, is_apart=True, grace=_GRACE),
        Chore("clearing up", _clear_up, _LATER, is_apart=True, grace=_GRACE),
        Chore("open data", _open_data, 60.0, is_apart=True, grace=_GRACE),
    )


def _links() -> int:
    return read_link(reader=read_page, library=live_library())


def _cited_sources() -> int:
    return follow_published() + look_at_sources()


def _index() -> int:
    try:
        return follow(encoder=live().encoder).changes if is_behind() else 0
    except IndexLockedError:
        return 0  # somebody else is writing to it just now


def _cases() -> int:
    return settle(messages=live().search(MESSAGES)).count


def pulse(worker: str) -> None:
    """Leave word that a worker is there. Tries to sign in that a wrong clock has counted are forgotten."""
    if beat(worker=worker) is Jump.BACK:
        caches["default"].clear()


def _clear_up() -> int:
    if is_believed():
        purge()
        clear_copies(settings.KIEMTIN_DATA, now=timezone.localtime().replace(tzinfo=None))
    return 0


def _open_data() -> int:
    """Heed consents that were taken back, and make the month's export. What writes Parquet is loaded for that alone."""
    if has_taken_back(counter=TAKEN_BACK):
        import_module("kiemtin.config.open_data").take_out(by=_ACTOR)
    if is_month_due() and is_believed():
        import_module("kiemtin.config.open_data").publish(by=_ACTOR)
    return 0
