"""Moves messages from case to case: the one place where that happens, so that the same is always done with it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Model, QuerySet
from django.utils import timezone

from kiemtin.accounts.models import User
from kiemtin.checks.actions.add_wordings import add_wordings, wording_digest
from kiemtin.checks.actions.remove_wordings import remove_wordings
from kiemtin.questions.casework import change
from kiemtin.questions.counters import recount
from kiemtin.questions.enums import Answered, CaseState, ChangeKind, Decider, Decision
from kiemtin.questions.masking import unmarked
from kiemtin.questions.models import Case, CaseChange, Conflict, Match, Message, Request
from kiemtin.questions.outcomes import cancel_waiting, queue_outcome
from kiemtin.questions.shelf import renumber

_UNSEEN = 99  # rank of a match that the program did not find; see `answers`


def record_change(
    *, kind: ChangeKind, source: Case | None, target: Case, messages: Sequence[int], by: User | None
) -> CaseChange:
    """Store that messages go from one case to another, so that it can be undone."""
    state = source.state if source is not None else ""
    row = CaseChange.objects.create(kind=kind, source=source, target=target, state_before=state, by=by)
    link = CaseChange.messages.through
    link.objects.bulk_create([link(casechange_id=row.pk, message_id=pk) for pk in messages], batch_size=500)
    return row


def move(*, messages: Sequence[int], source: Case, target: Case) -> None:
    """Put messages of one case into another and count both anew. An interest declared in one holds in the other."""
    Message.objects.filter(case=source, pk__in=messages).update(case=target)
    renumber(messages)
    known = Conflict.objects.filter(case=source).values_list("person_id", "reason", "at")
    Conflict.objects.bulk_create(
        [Conflict(case=target, person_id=person, reason=reason, at=at) for person, reason, at in known],
        ignore_conflicts=True,
    )
    if target.assignee_id and Conflict.objects.filter(case=target, person_id=target.assignee_id).exists():
        change(target, assignee=None)
    recount(source, target)


def close_merged(*, source: Case, target: Case) -> None:
    """Close an emptied case and say where its messages went."""
    change(source, state=CaseState.MERGED, merged_into=target)


def tell_of(*, case: Case, messages: Sequence[int], by: str) -> int:
    """Tell those who asked with these messages what their case says; the texts become known wordings of its check."""
    told = queue_outcome(case=case, requests=Request.objects.filter(message__in=messages))
    if case.fact_check is not None:
        add_wordings(fact_check=case.fact_check, texts=wordings_of(Message.objects.filter(pk__in=messages)), by=by)
    return told


def take_back(*, case: Case, messages: Sequence[int], by: str) -> int:
    """Undo what belonging to a case did to messages that leave it; what was sent or shown stays sent and shown.

    Waiting answers are cancelled, the texts stop being known wordings of its check, and the program may not take the
    messages for this claim again. Returns how many replies were cancelled.
    """
    cancelled = cancel_waiting(case=case, requests=Request.objects.filter(message__in=messages))
    if case.fact_check is not None:
        leaving = wordings_of(Message.objects.filter(pk__in=messages))
        staying = {wording_digest(text) for text in wordings_of(case.messages.exclude(pk__in=messages))}
        texts = [text for text in leaving if wording_digest(text) not in staying]
        remove_wordings(fact_check=case.fact_check, texts=texts, by=by)
    for target in _answers_of(case):
        _decide(messages, target, Decision.NO)
    return cancelled


def allow_again(*, case: Case, messages: Sequence[int]) -> None:
    """Take back that messages were said not to belong to a case."""
    for target in _answers_of(case):
        _decide(messages, target, Decision.YES)


def wordings_of(messages: QuerySet[Message]) -> list[str]:
    """Return what the matching core compares of messages: their texts without the marks of masking."""
    return [unmarked(text) for text in messages.order_by("pk").values_list("text", flat=True)]


def _answers_of(case: Case) -> list[dict[str, Model]]:
    """Return what the matching core may find for a message of the case, as it is named in a `Match`."""
    named = {"case": case, "fact_check": case.fact_check, "external_review": case.external_review}
    return [{name: row} for name, row in named.items() if row is not None]


def _decide(messages: Sequence[int], target: dict[str, Model], decision: Decision) -> None:
    """Store what the desk says of a match, also where the program had not seen one yet."""
    said = {"decision": decision, "decider": Decider.DESK, "decided": timezone.now()}
    unseen = {"probability": 0.0, "band": Answered.NONE, "rank": _UNSEEN}
    Match.objects.bulk_create(
        [Match(message_id=pk, **target, **unseen) for pk in messages], ignore_conflicts=True, batch_size=500
    )
    Match.objects.filter(message__in=messages, **target).update(**said)
