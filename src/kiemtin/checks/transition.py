"""What all actions on a fact-check share: the row, whether it may be done, the working copy, the log and the signal."""

from __future__ import annotations

from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.audit.record import record
from kiemtin.checks.completeness import gaps_of
from kiemtin.checks.draft import PUBLISHED_TEXTS, DraftContent, SourceContent
from kiemtin.checks.exceptions import EmptyTextError, IncompleteError, StaleVersionError
from kiemtin.checks.hands import void_approval
from kiemtin.checks.models import FactCheck, Source
from kiemtin.checks.permissions import check_may_check
from kiemtin.checks.signals import stage_changed
from kiemtin.checks.workflow import BECOMES, RULES, Action, Subject

OBJECT_TYPE = "fact-check"


def locked(fact_check: FactCheck) -> FactCheck:
    """Return the row as it is now, kept from others until the transaction ends."""
    rows = FactCheck.objects.select_related("desk", "latest").select_for_update(of=("self",))
    return rows.get(pk=fact_check.pk)


def begin(action: Action, *, fact_check: FactCheck, by: User) -> FactCheck:
    """Lock the row and check that the person may.

    Raises
    ------
    NotAllowedError, WrongStateError
    """
    row = locked(fact_check)
    check_may_check(action, user=by, fact_check=row)
    return row


def check_version(row: FactCheck, version: int) -> None:
    """Check that the version that was read is the one that is there.

    Raises
    ------
    StaleVersionError
    """
    if row.version != version:
        raise StaleVersionError(f"version {version} was read, {row.version} is there", version=row.version)


def check_complete(row: FactCheck) -> None:
    """Check that nothing is missing from the working copy.

    Raises
    ------
    IncompleteError
    """
    if found := gaps_of(row):
        raise IncompleteError(gap.value for gap in found)


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
    row.version += 1
    row.edited = timezone.now()


def settle(row: FactCheck) -> None:
    """End the round: the working copy is what was last published, and nobody has anything to do with it."""
    void_approval(row)
    row.author = None
    row.remarks = row.note = ""
    if row.latest:
        write_content(row, DraftContent.of_revision(row.latest))


def note(action: Action, *, row: FactCheck, by: User, **detail: object) -> None:
    """Log what was done beside the texts of a check, whose stage stays as it is."""
    record(
        by=by.actor,
        verb=RULES[action].verb,
        object_type=OBJECT_TYPE,
        object_id=str(row.pk),
        desk=row.desk.slug,
        detail=detail,
    )


def finish(action: Action, *, row: FactCheck, by: User, **detail: object) -> None:
    """Move the row to where the action leads, store it, log it and tell the rooms above."""
    rule, before = RULES[action], row.stage
    if rule.subject is Subject.CHECK and rule.to:
        row.stage = rule.to
    row.public_state = BECOMES.get(action, {}).get(row.public_state, row.public_state)
    row.save()
    record(
        by=by.actor,
        verb=rule.verb,
        object_type=OBJECT_TYPE,
        object_id=str(row.pk),
        desk=row.desk.slug,
        detail={"version": row.version, "from": before, "to": row.stage} | detail,
    )
    stage_changed.send(sender=FactCheck, fact_check=row, action=action, by=by)
