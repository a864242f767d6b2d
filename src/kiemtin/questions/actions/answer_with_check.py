"""Say that a published check answers a case."""

from __future__ import annotations

from django.db import transaction

from kiemtin.accounts.models import User
from kiemtin.checks.enums import Nature
from kiemtin.checks.models import FactCheck
from kiemtin.checks.workflow import Action
from kiemtin.questions.actions.merge import absorb, check_pair, check_target
from kiemtin.questions.actions.rename import title_from
from kiemtin.questions.casework import locked, locked_both, log_verb
from kiemtin.questions.enums import CaseState
from kiemtin.questions.exceptions import HasFactCheckError, NotAFactError, NotAnAnswerError, OtherDeskError
from kiemtin.questions.models import Case, CaseChange
from kiemtin.questions.permissions import check_may_case

_ACTION = Action.ANSWER_WITH_CHECK


@transaction.atomic
def answer_with_check(*, case: Case, fact_check: FactCheck, by: User) -> CaseChange:
    """Merge the case into the one of the check, and tell those who asked; their texts become known wordings.

    A check that was written without a case gets one now, as published as the check itself.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    NotAnAnswerError
        The check is not published, or withdrawn.
    OtherDeskError, HasFactCheckError, NotAFactError, SameCaseError
        The case cannot be answered with it.
    """
    check = FactCheck.objects.select_for_update(of=("self",)).select_related("latest", "desk").get(pk=fact_check.pk)
    check_may_case(_ACTION, by, locked(case))
    _check_fits(case, check)
    home = Case.objects.filter(fact_check=check).first() or _home(check, by=by)
    check_pair(case, home)
    source, target = locked_both(case, home)
    check_target(target, by=by)
    if source.fact_check_id is not None:
        raise HasFactCheckError(f"case {source.pk} has a fact-check")
    if source.nature not in ("", Nature.FACT):
        raise NotAFactError(f"case {source.pk}: nature is {source.nature}")
    return absorb(source=source, target=target, by=by, tell=True, action=_ACTION)


def _check_fits(case: Case, check: FactCheck) -> None:
    if not check.is_answer:
        raise NotAnAnswerError(f"fact-check {check.pk} is {check.public_state}")
    if check.desk_id != case.desk_id:
        raise OtherDeskError(f"fact-check {check.pk}")


def _home(check: FactCheck, *, by: User) -> Case:
    """Make the case of a published check that has none."""
    claim = check.latest.claim if check.latest is not None else check.claim
    case = Case.objects.create(
        desk=check.desk,
        state=CaseState.PUBLISHED,
        nature=Nature.FACT,
        title=title_from(claim),
        language=check.language,
        fact_check=check,
    )
    log_verb("case.opened", case=case, by=by.actor, fact_check=check.pk)
    return case
