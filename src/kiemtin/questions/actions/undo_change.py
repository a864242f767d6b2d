"""Undo that messages went from one case to another."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import Action
from kiemtin.questions.actions.merge import check_may_tell, check_target
from kiemtin.questions.casework import change as change_case
from kiemtin.questions.casework import locked, locked_both, log_verb
from kiemtin.questions.enums import CaseState, ChangeKind
from kiemtin.questions.exceptions import AlreadyUndoneError, HasFactCheckError, MessagesMovedError
from kiemtin.questions.models import Case, CaseChange, Message
from kiemtin.questions.moving import allow_again, close_merged, move, take_back, tell_of
from kiemtin.questions.outcomes import DECIDED
from kiemtin.questions.permissions import check_may_case
from kiemtin.questions.titles import title_of


@transaction.atomic
def undo_change(*, change: CaseChange, by: User, tell_askers: bool = False) -> Case:
    """Put the messages of a change back where they were; returns the case that has them again.

    A merged case gets its messages and its state back. Messages that the program joined to a case before they had one
    get one of their own. Messages that were split off go back into their old case; if that one is decided, those who
    asked get its outcome, so it takes the same express word as a merge.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    AlreadyUndoneError
    MessagesMovedError
        Not all messages are where the change put them.
    CarriesVerdictError, HasFactCheckError
        Messages that were split off cannot go back.
    """
    row = CaseChange.objects.select_for_update(of=("self",)).select_related("source", "target").get(pk=change.pk)
    if row.undone is not None:
        raise AlreadyUndoneError(f"change {row.pk}")
    messages = list(row.messages.order_by("pk").values_list("pk", flat=True))
    back = _put_back if row.kind == ChangeKind.SPLIT else _take_out
    home = back(row, messages, by=by, tell_askers=tell_askers)
    row.undone = timezone.now()
    row.save(update_fields=["undone"])
    log_verb(f"case.{row.kind}-undone", case=row.target, by=by.actor, into=home.pk, messages=len(messages))
    return home


def _take_out(row: CaseChange, messages: list[int], *, by: User, tell_askers: bool) -> Case:
    """Undo a merge or a join: the messages leave the case, and what being part of it did to them is undone."""
    if row.source is None:
        target = locked(row.target)
        source = Case(desk=target.desk, title=title_of(_first_text(messages)), language=target.language)
    else:
        source, target = locked_both(row.source, row.target)
    _check_there(messages, target)  # first: a target that was merged on says so, not that its state is wrong
    check_may_case(Action.SPLIT, by, target)
    if source.pk is None:
        source.save()
    elif source.state != CaseState.MERGED or source.merged_into_id != target.pk:
        raise MessagesMovedError(f"case {source.pk} is no longer merged into {target.pk}")
    else:
        change_case(source, state=row.state_before or CaseState.OPEN, merged_into=None)
    take_back(case=target, messages=messages, by=by.actor)
    move(messages=messages, source=target, target=source)
    return source


def _put_back(row: CaseChange, messages: list[int], *, by: User, tell_askers: bool) -> Case:
    """Undo a split: a merge of what was split off, with the rules of one."""
    if row.source is None:
        raise MessagesMovedError(f"change {row.pk} has no source")
    home, fresh = locked_both(row.source, row.target)
    check_may_case(Action.MERGE, by, fresh)
    check_target(home, by=by)
    _check_there(messages, fresh)
    if fresh.fact_check_id is not None:
        raise HasFactCheckError(f"case {fresh.pk} has a fact-check")
    if home.state in DECIDED:
        check_may_tell(fresh, by=by, tell_askers=tell_askers)
    move(messages=messages, source=fresh, target=home)
    allow_again(case=home, messages=messages)
    if not fresh.messages.exists():
        close_merged(source=fresh, target=home)
    if home.state in DECIDED:
        tell_of(case=home, messages=messages, by=by.actor)
    return home


def _check_there(messages: list[int], case: Case) -> None:
    if not messages or case.messages.filter(pk__in=messages).count() != len(messages):
        raise MessagesMovedError(f"some messages are no longer in case {case.pk}")


def _first_text(messages: list[int]) -> str:
    return Message.objects.filter(pk__in=messages).order_by("pk").values_list("text", flat=True).first() or ""
