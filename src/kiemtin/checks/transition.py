"""What all actions on a fact-check or a scam alert share: the row, whether it may be done, the round, log, signal."""

from __future__ import annotations

from typing import TypeVar

from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.audit.record import record
from kiemtin.checks.alerts import AlertContent, alert_gaps
from kiemtin.checks.completeness import Gap, desk_gaps, gaps_of
from kiemtin.checks.draft import PUBLISHED_TEXTS, DraftContent, SourceContent
from kiemtin.checks.enums import RevisionKind
from kiemtin.checks.exceptions import EmptyTextError, IncompleteError, StaleVersionError
from kiemtin.checks.hands import void_approval
from kiemtin.checks.models import AlertRevision, FactCheck, Revision, ScamAlert, Source
from kiemtin.checks.permissions import check_may_work
from kiemtin.checks.signals import stage_changed
from kiemtin.checks.workflow import BECOMES, OF_WORK, RULES, Action

OBJECT_TYPE = "fact-check"
_TYPES = {FactCheck: OBJECT_TYPE, ScamAlert: "scam-alert"}

Row = TypeVar("Row", FactCheck, ScamAlert)
Version = TypeVar("Version", Revision, AlertRevision)


def locked(work: Row) -> Row:
    """Return the row as it is now, kept from others until the transaction ends."""
    rows = type(work).objects.select_related("desk", "latest").select_for_update(of=("self",))
    return rows.get(pk=work.pk)


def begin(action: Action, work: Row, *, by: User, version: int | None = None) -> Row:
    """Lock the row, and check that the person may and, if it is given, that the version they read is there.

    Raises
    ------
    NotAllowedError, WrongStateError, StaleVersionError
    """
    row = locked(work)
    check_may_work(action, user=by, work=row)
    if version is not None:
        check_version(row, version)
    return row


def check_version(row: Row, version: int) -> None:
    """Check that the version that was read is the one that is there.

    Raises
    ------
    StaleVersionError
    """
    if row.version != version:
        raise StaleVersionError(f"version {version} was read, {row.version} is there", version=row.version)


def check_complete(row: Row, *, with_desk: bool = False) -> None:
    """Check that nothing is missing from the working copy.

    Parameters
    ----------
    with_desk
        Whether the desk must have written what it must say of itself, too.

    Raises
    ------
    IncompleteError
    """
    found = [gap.value for gap in (gaps_of(row) if isinstance(row, FactCheck) else alert_gaps(row))]
    if with_desk:
        found += [Gap.of_page(page).value for page in desk_gaps(row.desk)]
    if found:
        raise IncompleteError(found)


def required(text: str, *, field: str) -> str:
    """Return a text that must be given, without space around it.

    Raises
    ------
    EmptyTextError
    """
    if not text.strip():
        raise EmptyTextError(f"{field} is empty", field=field)
    return text.strip()


def write_content(row: FactCheck, content: DraftContent) -> None:
    """Replace the working copy and raise its version; the caller saves the row."""
    for name in (*PUBLISHED_TEXTS, "note"):
        setattr(row, name, getattr(content, name))
    row.wordings = list(content.wordings)
    if tuple(map(SourceContent.of, row.sources.all())) != content.sources:
        row.sources.all().delete()
        Source.objects.bulk_create(
            Source(fact_check=row, position=position, **{name: getattr(source, name) for name in source.__slots__})
            for position, source in enumerate(content.sources)
        )
    _written(row)


def write_alert(row: ScamAlert, content: AlertContent) -> None:
    """Replace the working copy and raise its version; the caller saves the row. Its language stays once published."""
    row.title, row.text, row.checks, row.note = content.title, content.text, list(content.checks), content.note
    if row.latest is None and content.language:
        row.language = content.language
    _written(row)


def _written(row: FactCheck | ScamAlert) -> None:
    row.version += 1
    row.edited = timezone.now()


def settle(row: FactCheck | ScamAlert) -> None:
    """End the round: the working copy is what was last published, and nobody has anything to do with it."""
    row.author = None
    row.remarks = row.note = ""
    if isinstance(row, FactCheck):
        void_approval(row)
        if row.latest:
            write_content(row, DraftContent.of_revision(row.latest))
    else:
        row.writers.clear()
        if row.latest:
            write_alert(row, AlertContent.of_revision(row.latest))


def withdrawn(last: Version, reason: str) -> Version:
    """Make of the last version the next one, which withdraws it and keeps all else; it is still to be saved."""
    last.pk, last._state.adding = None, True
    last.number, last.kind, last.note, last.at = last.number + 1, RevisionKind.WITHDRAWAL, reason, timezone.now()
    return last


def note(action: Action, *, row: FactCheck | ScamAlert, by: User, **detail: object) -> None:
    """Log what was done, without its texts."""
    record(
        by=by.actor,
        verb=RULES[action].verb,
        object_type=_TYPES[type(row)],
        object_id=str(row.pk),
        desk=row.desk.slug,
        detail=detail,
    )


def finish(action: Action, *, row: FactCheck | ScamAlert, by: User, **detail: object) -> None:
    """Move the row to where the action leads, store it, log it and tell the rooms above of a fact-check."""
    rule, before = RULES[action], row.stage
    if rule.subject in OF_WORK and rule.to:
        row.stage = rule.to
    row.public_state = BECOMES.get(action, {}).get(row.public_state, row.public_state)
    row.save()
    note(action, row=row, by=by, **{"version": row.version, "from": before, "to": row.stage} | detail)
    if isinstance(row, FactCheck):
        stage_changed.send(sender=FactCheck, fact_check=row, action=action, by=by)
