"""Split messages off a case."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import Action
from kiemtin.questions.actions.rename import title_from
from kiemtin.questions.casework import begin, lock_checks, log
from kiemtin.questions.enums import ChangeKind
from kiemtin.questions.exceptions import WrongMessagesError
from kiemtin.questions.models import Case, Message
from kiemtin.questions.moving import move, record_change, take_back
from kiemtin.questions.outcomes import DECIDED


@transaction.atomic
def split(*, case: Case, messages: Iterable[Message], by: User, title: str) -> Case:
    """Put messages of a case into a new open case that starts from nothing: no nature, no verdict, no check.

    Who was already shown the old case's answer keeps what they were shown, and hears of it if it is corrected; who was
    not gets nothing of it any more. The texts stop being known wordings of the old case's check.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    WrongMessagesError
        None, not of this case, or all of a case that is still undecided.
    EmptyTextError
        No title.
    """
    lock_checks(case)
    row = begin(Action.SPLIT, case=case, by=by)
    chosen = _chosen(row, messages)
    fresh = Case.objects.create(desk=row.desk, title=title_from(title), language=row.language)
    record_change(kind=ChangeKind.SPLIT, source=row, target=fresh, messages=chosen, by=by)
    cancelled = take_back(case=row, messages=chosen, by=by.actor)
    move(messages=chosen, source=row, target=fresh)
    log(Action.SPLIT, case=row, by=by, into=fresh.pk, messages=len(chosen), cancelled=cancelled)
    return fresh


def _chosen(case: Case, messages: Iterable[Message]) -> list[int]:
    wanted = {message.pk for message in messages}
    found = set(case.messages.filter(pk__in=wanted).values_list("pk", flat=True))
    is_all = len(found) == case.messages.count()
    if not wanted or found != wanted or (is_all and case.state not in DECIDED):
        raise WrongMessagesError(f"{len(found)} of {len(wanted)} messages can be split off case {case.pk}")
    return sorted(found)
