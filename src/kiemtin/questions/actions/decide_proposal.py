"""Decide on what the program proposes for a message."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.audit.record import record
from kiemtin.checks.workflow import RULES, Action
from kiemtin.questions.actions.answer_with_check import answer_with_check
from kiemtin.questions.actions.answer_with_review import answer_with_review
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.casework import begin
from kiemtin.questions.enums import Decider, Decision
from kiemtin.questions.exceptions import CaseChangedError, NoCaseError
from kiemtin.questions.models import Case, Match


@transaction.atomic
def decide_proposal(*, match: Match, by: User, yes: bool, tell_askers: bool = False) -> Match:
    """Say whether a message is what the program takes it for.

    Yes does what follows, by its own rules: the message's case is merged into the other case, or answered with the
    check or the other publisher's review. No only keeps the program from proposing it again.

    Raises
    ------
    NotAllowedError, WrongStateError, ConflictOfInterestError
    NoCaseError
        The message belongs to no case.
    CaseChangedError
        Asked again, the message was found to be nearer to something else.
    CaseError
        All that `merge`, `answer_with_check` and `answer_with_review` raise.
    """
    rows = Match.objects.select_for_update(of=("self",)).select_related("message", "case")
    row = rows.filter(pk=match.pk).first()
    if row is None:
        raise CaseChangedError(f"match {match.pk}")
    if row.message.case is None:
        raise NoCaseError(f"message {row.message_id}")
    case = begin(Action.DECIDE_MATCH, case=row.message.case, by=by)
    if yes:
        _follow(row, case, by=by, tell_askers=tell_askers)
    row.decision = Decision.YES if yes else Decision.NO
    row.decider, row.decided = Decider.DESK, timezone.now()
    row.save(update_fields=["decision", "decider", "decided"])
    record(
        by=by.actor,
        verb=RULES[Action.DECIDE_MATCH].verb,
        object_type="case",
        object_id=str(case.pk),
        desk=case.desk.slug,
        detail={"match": row.pk, "yes": yes},
    )
    return row


def _follow(match: Match, case: Case, *, by: User, tell_askers: bool) -> None:
    if match.case is not None:
        target = _standing(match.case)
        if target.pk != case.pk:
            merge(source=case, target=target, by=by, tell_askers=tell_askers)
    elif match.fact_check is not None:
        answer_with_check(case=case, fact_check=match.fact_check, by=by)
    elif match.external_review is not None:
        answer_with_review(case=case, external_review=match.external_review, by=by)


def _standing(case: Case) -> Case:
    """Follow merges to the case where the messages are now."""
    while case.merged_into is not None:
        case = case.merged_into
    return case
