"""What is published now of what the public log tells: so that anybody can compare the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kiemtin.audit.exceptions import EntryError
from kiemtin.audit.publiclog.entries import OF_CHECKS, Entry, canonical
from kiemtin.checks.enums import PublicState
from kiemtin.checks.logged import revision_content
from kiemtin.checks.models import Revision
from kiemtin.questions.enums import CaseState
from kiemtin.questions.logged import declined_content
from kiemtin.questions.models import Case

_TOGETHER = 16  # entries asked of the database at once: bodies are long

Content = dict[str, Any]


def published_now(leaves: Sequence[bytes]) -> Iterator[bytes]:
    """Yield a line of canonical JSON for each entry: what is published now, or `null`.

    Of versions it is the version; of cases the reason they are declined with, if they are.
    """
    for start in range(0, len(leaves), _TOGETHER):
        entries = [_read(leaf) for leaf in leaves[start : start + _TOGETHER]]
        revisions = _revisions(entry for entry in entries if entry and entry.kind in OF_CHECKS)
        cases = _cases(entry for entry in entries if entry and entry.kind not in OF_CHECKS)
        for entry in entries:
            content = None
            if entry is not None:
                content = revisions.get((entry.check, entry.revision)) or cases.get(entry.case)
            yield (canonical(content) if content else b"null") + b"\n"


def _read(leaf: bytes) -> Entry | None:
    try:
        return Entry.of_leaf(leaf)
    except EntryError:
        return None


def _revisions(entries: Iterable[Entry]) -> dict[tuple[int, int], Content]:
    wanted = {(entry.check, entry.revision) for entry in entries}
    if not wanted:
        return {}
    found = Revision.objects.exclude(fact_check__public_state=PublicState.UNPUBLISHED).filter(
        fact_check__in={check for check, _ in wanted}, number__in={number for _, number in wanted}
    )
    rows = found.select_related("fact_check__desk").defer("wordings", "fact_check__body")
    return {(row.fact_check_id, row.number): revision_content(row) for row in rows}


def _cases(entries: Iterable[Entry]) -> dict[int, Content]:
    wanted = {entry.case for entry in entries}
    if not wanted:
        return {}
    found = Case.objects.filter(pk__in=wanted, state=CaseState.DECLINED).select_related("desk")
    return {row.pk: declined_content(row) for row in found}
