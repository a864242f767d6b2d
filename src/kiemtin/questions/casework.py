"""What every action on a case does: take hold of it, change it, log it."""

from __future__ import annotations

from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.audit.record import record
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.checks.models import FactCheck
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.models import Case, Message
from kiemtin.questions.permissions import check_may_case


def locked(case: Case) -> Case:
    """Return the case as it is now, locked until the transaction ends."""
    return Case.objects.select_for_update(of=("self",)).select_related("desk").get(pk=case.pk)


def locked_both(one: Case, other: Case) -> tuple[Case, Case]:
    """Lock two cases and their checks in one order whichever is given first, so that nobody waits in a circle."""
    lock_checks(one, other)
    rows = Case.objects.select_for_update(of=("self",)).select_related("desk").order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[one.pk, other.pk])}
    return found[one.pk], found[other.pk]


def lock_checks(*cases: Case) -> None:
    """Lock the checks of the cases. Publishing locks the check first and its case then: so must all that lock both."""
    theirs = Case.objects.filter(pk__in=[case.pk for case in cases], fact_check__isnull=False).values("fact_check")
    list(FactCheck.objects.select_for_update().filter(pk__in=theirs).order_by("pk").values_list("pk", flat=True))


def begin(action: Action, *, case: Case, by: User) -> Case:
    """Lock a case and check that the person may; returns it as it is now."""
    row = locked(case)
    check_may_case(action, by, row)
    return row


def change(case: Case, **fields: object) -> None:
    """Store new values of a case, with its version and the time of its state."""
    if fields.get("state", case.state) != case.state:
        fields["state_since"] = timezone.now()
    fields["version"] = case.version + 1
    for name, value in fields.items():
        setattr(case, name, value)
    case.save(update_fields=list(fields))


def log(action: Action, *, case: Case, by: User, **detail: object) -> None:
    """Write what a person did to a case into the audit log."""
    log_verb(RULES[action].verb, case=case, by=by.actor, **detail)


def log_verb(verb: str, *, case: Case, by: str, **detail: object) -> None:
    """Write what happened to a case into the audit log; texts stay out of it."""
    record(by=by, verb=verb, object_type="case", object_id=str(case.pk), desk=case.desk.slug, detail=detail)


def filled(text: str, *, field: str) -> str:
    """Return the text without space around it.

    Raises
    ------
    EmptyTextError
        Nothing is left.
    """
    if not (text := text.strip()):
        raise EmptyTextError(f"{field} is empty", field=field)
    return text


def desk_slug(message: Message) -> str:
    """Return the desk whose case a message is in, for the log; empty before it is in one."""
    return message.case.desk.slug if message.case is not None else ""
