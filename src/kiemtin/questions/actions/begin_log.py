"""Begin the public log."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

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

    Where nothing is public it begins with the first publication. It begins only once: what appears among the published
    later without an entry is found by whoever checks the log.
    """
    is_begun = PublicLog.objects.exists() or not (_revisions().exists() or _declined().exists())
    return 0 if is_begun else _begin()


@transaction.atomic
def _begin() -> int:
    locked_log()
    if next_index() or latest_head():
        return 0  # somebody else was quicker
    revisions = _revisions().select_related("fact_check__desk").order_by("at", "pk")
    declined = _declined().select_related("desk").order_by("pk")
    entries = [*map(revision_entry, revisions), *map(declined_entry, declined)]
    append(*sorted(entries, key=lambda entry: entry.at))
    return len(entries)


def _revisions() -> QuerySet[Revision]:
    return Revision.objects.all()


def _declined() -> QuerySet[Case]:
    return Case.objects.filter(state=CaseState.DECLINED)
