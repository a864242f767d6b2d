"""Begin the public log."""

from __future__ import annotations

from django.db import transaction

from kiemtin.audit.models import PublicLog
from kiemtin.audit.publiclog.append import append, locked_log
from kiemtin.audit.publiclog.stored import latest_head, next_index
from kiemtin.checks.logged import revision_entry
from kiemtin.checks.models import Revision
from kiemtin.questions.enums import CaseState
from kiemtin.questions.logged import declined_entry
from kiemtin.questions.models import Case


def begin_log() -> int:
    """Begin the log once, with everything that is public already, in the order of its time; returns how many entries.

    It happens only once: what appears among the published later without an entry is found by whoever checks the log.
    """
    return 0 if PublicLog.objects.exists() else _begin()


@transaction.atomic
def _begin() -> int:
    locked_log()
    if next_index() or latest_head():
        return 0  # somebody else was quicker
    revisions = Revision.objects.select_related("fact_check__desk").order_by("at", "pk")
    declined = Case.objects.filter(state=CaseState.DECLINED).select_related("desk").order_by("pk")
    entries = [*map(revision_entry, revisions), *map(declined_entry, declined)]
    append(*sorted(entries, key=lambda entry: entry.at))
    return len(entries)
