"""Begin the public log."""

from __future__ import annotations

from django.db import transaction

from kiemtin.audit.models import PublicLog
from kiemtin.audit.publiclog.append import append, locked_log
from kiemtin.audit.publiclog.stored import latest_head, next_index
from kiemtin.questions.logged import public_entries


def begin_log() -> int:
    """Begin the log once, with everything that is public already, in the order of its time; returns how many entries.

    Where nothing is public it begins with the first publication. It begins only once: what appears among the published
    later without an entry is found by whoever checks the log.
    """
    is_begun = PublicLog.objects.exists() or next(public_entries(), None) is None
    return 0 if is_begun else _begin()


@transaction.atomic
def _begin() -> int:
    locked_log()
    if next_index() or latest_head():
        return 0  # somebody else was quicker
    entries = sorted(public_entries(), key=lambda entry: entry.at)
    append(*entries)
    return len(entries)
