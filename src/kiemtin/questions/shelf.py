"""The shelf of messages in cases, so that a new message finds the case of the same claim."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case as When
from django.db.models import IntegerField, Value
from django.db.models import When as Is

from kiemtin.checks.actions.number_changes import last_change, number_changes
from kiemtin.matching.shelf import Entry, Shelf
from kiemtin.questions.enums import CaseState
from kiemtin.questions.masking import unmarked
from kiemtin.questions.models import Message

NAME = "messages"
_PREFIX = "message:"
_CASE = "case:"


def entry_id(pk: int) -> str:
    """Return the id of a message in the index."""
    return f"{_PREFIX}{pk}"


def message_pk(id_: str) -> int:
    """Return the number of the message that an id stands for."""
    return int(id_.removeprefix(_PREFIX))


def case_pk(work: str) -> int:
    """Return the number of the case that a message's work stands for: the index gives one match a case."""
    return int(work.removeprefix(_CASE))


def renumber(messages: Sequence[int]) -> None:
    """Give messages, whose case is now another one, new change numbers: the index follows.

    Call it in the transaction of the change.
    """
    for at in range(0, len(messages), 500):
        part = messages[at : at + 500]
        numbers = number_changes(count=len(part), name=NAME)
        which = [Is(pk=pk, then=Value(seq)) for pk, seq in zip(part, numbers, strict=True)]
        Message.objects.filter(pk__in=part).update(seq=When(*which, output_field=IntegerField()))


def _entry(message: Message) -> Entry:
    """Messages of decided cases stay to be found: a copy of them is proposed, never joined. Merged cases have none.

    A text that was deleted cannot be found.
    """
    case = message.case
    if case is None or case.state == CaseState.MERGED or not message.text:
        return Entry(entry_id(message.pk), message.seq, is_gone=True)
    return Entry(entry_id(message.pk), message.seq, title=unmarked(message.text), work=f"{_CASE}{case.pk}")


def _changes(after: int, limit: int) -> list[Entry]:
    rows = Message.objects.filter(seq__gt=after).select_related("case").order_by("seq")[:limit]
    return [_entry(row) for row in rows]


def _count(after: int) -> int:
    return Message.objects.filter(seq__gt=after).count()


def _last() -> int:
    return last_change(name=NAME)


# Searched once for a new message, not for each asker, so that little of it comes up again soon.
MESSAGES = Shelf("messages", "index-messages", _changes, _count, _last, at_hand=300_000)
