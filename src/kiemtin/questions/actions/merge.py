"""Merge one case into another."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.workflow import Action
from kiemtin.questions.casework import locked_both, log
from kiemtin.questions.enums import ChangeKind
from kiemtin.questions.exceptions import CarriesVerdictError, HasFactCheckError, OtherDeskError, SameCaseError
from kiemtin.questions.models import Case, CaseChange
from kiemtin.questions.moving import close_merged, move, record_change, tell_of
from kiemtin.questions.outcomes import DECIDED
from kiemtin.questions.permissions import check_may_case


@transaction.atomic
def merge(*, source: Case, target: Case, by: User, tell_askers: bool = False) -> CaseChange:
    """Move all messages of `source` into `target` and close `source`.

    A merge carries no verdict by itself. Into a case that is already decided, those who asked would get its outcome:
    that happens only where `tell_askers` says so, by somebody who may answer cases, and then they are told.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
        For `source`; the conflict of interest counts in both.
    SameCaseError, OtherDeskError, HasFactCheckError
        They cannot be merged this way round.
    CarriesVerdictError
        `target` is decided and `tell_askers` is not given.
    NotAnAnswerError
        What `target` was published with is withdrawn.
    """
    check_pair(source, target)
    source, target = locked_both(source, target)
    check_may_case(Action.MERGE, by, source)
    check_target(target, by=by)
    if source.fact_check_id is not None:
        raise HasFactCheckError(f"case {source.pk} has a fact-check")
    tell = target.state in DECIDED
    if tell:
        check_may_tell(source, by=by, tell_askers=tell_askers)
    return absorb(source=source, target=target, by=by, tell=tell, action=Action.MERGE)


def check_pair(source: Case, target: Case) -> None:
    """Check that two cases are two, and of one desk."""
    if source.pk == target.pk:
        raise SameCaseError(f"case {source.pk}")
    if source.desk_id != target.desk_id:
        raise OtherDeskError(f"cases {source.pk} and {target.pk}")


def check_target(target: Case, *, by: User) -> None:
    """Check that messages may be put into a case: it stands, and the person has no interest in it."""
    check_may_case(Action.SPLIT, by, target)  # whoever may take messages out of a case may put them in


def check_may_tell(source: Case, *, by: User, tell_askers: bool) -> None:
    """Check that those who asked may be given the outcome of a case that is already decided."""
    if not tell_askers:
        raise CarriesVerdictError(f"those who asked case {source.pk} would get an outcome")
    check_may_case(Action.ANSWER_WITH_CHECK, by, source)


def absorb(*, source: Case, target: Case, by: User, tell: bool, action: Action) -> CaseChange:
    """Move everything, record it, tell if told to; the checks are the caller's."""
    messages = list(source.messages.order_by("pk").values_list("pk", flat=True))
    row = record_change(kind=ChangeKind.MERGE, source=source, target=target, messages=messages, by=by)
    move(messages=messages, source=source, target=target)
    close_merged(source=source, target=target)
    told = tell_of(case=target, messages=messages, by=by.actor) if tell else 0
    log(action, case=source, by=by, into=target.pk, messages=len(messages), told=told, state=target.state)
    return row
