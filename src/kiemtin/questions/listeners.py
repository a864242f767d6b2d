"""Hears what is done to checks, in the same transaction: keeps their cases in step and tells who asked."""

from __future__ import annotations

from django.db.models import Q
from django.dispatch import receiver

from kiemtin.accounts.models import User
from kiemtin.checks.actions.add_wordings import add_wordings
from kiemtin.checks.enums import Nature, RevisionKind
from kiemtin.checks.exceptions import ConflictOfInterestError, WrongStateError
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.checks.signals import revision_published, stage_changed
from kiemtin.checks.workflow import CASE_WITH, Action
from kiemtin.questions.actions.queue_replies import queue_replies
from kiemtin.questions.casework import change
from kiemtin.questions.enums import CaseState, ReplyKind, ReplyState
from kiemtin.questions.exceptions import NotAFactError
from kiemtin.questions.models import Case, Reply, Request
from kiemtin.questions.moving import wordings_of
from kiemtin.questions.permissions import has_conflict

_AT_WORK = frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.IN_REVIEW})


@receiver(stage_changed, dispatch_uid="questions.keep_in_step")
def keep_in_step(*, fact_check: FactCheck, action: Action, by: User, **_: object) -> None:
    """Move the case along with its check; what is done by a wrong person or to a wrong case is undone by raising.

    Raises
    ------
    ConflictOfInterestError
        The person declared an interest in the case.
    NotAFactError
        Somebody has said since that it is no statement of fact.
    WrongStateError
        The case is closed.
    """
    case = _case_of(fact_check)
    if case is None:
        return
    if has_conflict(by, case):
        raise ConflictOfInterestError(f"{action}: an interest was declared", action=action)
    if case.nature != Nature.FACT:
        raise NotAFactError(f"case {case.pk}: nature is {case.nature or 'not said'}")
    if case.state == CaseState.PUBLISHED:
        return
    if case.state not in _AT_WORK:
        raise WrongStateError(f"{action}: case {case.pk} is {case.state}", action=action, state=case.state)
    if (to := CaseState(CASE_WITH[fact_check.stage])) != case.state:
        change(case, state=to)


@receiver(revision_published, dispatch_uid="questions.tell_askers")
def tell_askers(*, fact_check: FactCheck, revision: Revision, by: User, **_: object) -> None:
    """Queue what those who asked are to be told of a revision, and call off what older ones would still tell."""
    case = _case_of(fact_check)
    older = Reply.objects.filter(revision__fact_check=fact_check, state=ReplyState.QUEUED).exclude(revision=revision)
    older.update(state=ReplyState.SUPERSEDED)
    if revision.kind == RevisionKind.FIRST:
        _answer(case, revision)
    else:
        _correct(case, revision)
    if case is not None and revision.kind != RevisionKind.WITHDRAWAL:
        add_wordings(fact_check=fact_check, texts=wordings_of(case.messages.all()), by=by.actor)


def _answer(case: Case | None, revision: Revision) -> None:
    """Answer all who asked with a message of the case; a check without one was asked for by nobody."""
    if case is not None:
        asked = Request.objects.filter(message__case=case)
        queue_replies(kind=ReplyKind.ANSWER, requests=asked, case=case, revision=revision)


def _correct(case: Case | None, revision: Revision) -> None:
    """Tell who has an older revision that it changed; who asked and has none is answered with this one."""
    check = revision.fact_check
    on_its_way = Reply.objects.filter(revision__fact_check=check, state__in=[ReplyState.SENDING, ReplyState.SENT])
    has_older = Q(shown__fact_check=check) | Q(pk__in=on_its_way.values("request"))
    members = Q(message__case=case) if case is not None else Q(pk__in=[])
    is_withdrawal = revision.kind == RevisionKind.WITHDRAWAL
    told, others = (ReplyKind.WITHDRAWAL,) * 2 if is_withdrawal else (ReplyKind.CORRECTION, ReplyKind.ANSWER)
    both = Request.objects
    queue_replies(kind=told, requests=both.filter(has_older), case=case, revision=revision)
    queue_replies(kind=others, requests=both.filter(members).exclude(has_older), case=case, revision=revision)


def _case_of(fact_check: FactCheck) -> Case | None:
    return Case.objects.select_for_update(of=("self",)).select_related("desk").filter(fact_check=fact_check).first()
