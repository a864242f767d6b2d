"""What came of the last look at a source, in plain words: for the desk and for the command line."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kiemtin.exchange.fetching.failures import Failure
from kiemtin.exchange.intake import ELSEWHERE, HELD, NO_ADDRESS, OWN
from kiemtin.exchange.models import ReviewSource
from kiemtin.exchange.sources import Outcome


def outcome_sentences(source: ReviewSource) -> list[str]:
    """Return what came of it, why it failed, and what was done and left out."""
    said = [str(Outcome(source.outcome).label)]
    if source.outcome in (Outcome.SAME, Outcome.NONE, Outcome.TAKEN):
        said[0] += "."
    else:
        said[0] += ":" if source.failure else "."
    if source.failure:
        said.append(_failure(source))
    counts = [(name, int(source.detail.get(name, 0))) for name in _COUNTS]
    return said + [_COUNTS[name](count) for name, count in counts if count]


def _failure(source: ReviewSource) -> str:
    status = int(source.detail.get("status", 0))
    sentence = str(Failure(source.failure).label)
    if source.failure == Failure.BAD_STATUS and status:
        return _("%(sentence)s Its status was %(status)d.") % {"sentence": sentence, "status": status}
    return sentence


def _added(count: int) -> str:
    return ngettext("%(count)d review came.", "%(count)d reviews came.", count) % {"count": count}


def _changed(count: int) -> str:
    return ngettext("%(count)d review changed.", "%(count)d reviews changed.", count) % {"count": count}


def _withdrawn(count: int) -> str:
    said = ngettext("%(count)d review was withdrawn.", "%(count)d reviews were withdrawn.", count)
    return said % {"count": count}


def _in_doubt(count: int) -> str:
    said = ngettext(
        "%(count)d review is missing and stands until that is certain.",
        "%(count)d reviews are missing and stand until that is certain.",
        count,
    )
    return said % {"count": count}


def _bad(count: int) -> str:
    return ngettext("%(count)d row cannot be read.", "%(count)d rows cannot be read.", count) % {"count": count}


def _pages_failed(count: int) -> str:
    said = ngettext("%(count)d page could not be fetched.", "%(count)d pages could not be fetched.", count)
    return said % {"count": count}


def _own(count: int) -> str:
    said = ngettext(
        "%(count)d is a check of this installation itself.", "%(count)d are checks of this installation itself.", count
    )
    return said % {"count": count}


def _elsewhere(count: int) -> str:
    said = ngettext(
        "%(count)d does not stand on the publisher's host and was left out.",
        "%(count)d do not stand on the publisher's host and were left out.",
        count,
    )
    return said % {"count": count}


def _held(count: int) -> str:
    said = ngettext(
        "%(count)d comes from another source already.", "%(count)d come from another source already.", count
    )
    return said % {"count": count}


def _no_address(count: int) -> str:
    said = ngettext(
        "%(count)d has no address to link to and was left out.",
        "%(count)d have no address to link to and were left out.",
        count,
    )
    return said % {"count": count}


_COUNTS = {
    "added": _added,
    "changed": _changed,
    "withdrawn": _withdrawn,
    "in_doubt": _in_doubt,
    "bad": _bad,
    "pages_failed": _pages_failed,
    OWN: _own,
    ELSEWHERE: _elsewhere,
    HELD: _held,
    NO_ADDRESS: _no_address,
}
