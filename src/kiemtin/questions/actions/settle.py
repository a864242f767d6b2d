"""Find a case for what could not be answered at once, or open one. The worker calls it again and again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import Desk
from kiemtin.audit.clock import is_over
from kiemtin.database.alone import alone
from kiemtin.matching.actions.follow import follow_and_look
from kiemtin.matching.ask import FAR, SHOWN, Band
from kiemtin.matching.exceptions import IndexNotWrittenError, MessageError, StoredIndexError
from kiemtin.matching.language import guess_language
from kiemtin.matching.searching import Search
from kiemtin.questions.actions.ask import TIME_TO_CHOOSE
from kiemtin.questions.casework import log_verb
from kiemtin.questions.demand import joined
from kiemtin.questions.enums import Answered, CaseState, ChangeKind, Decider, Decision
from kiemtin.questions.indicators import cases_sharing
from kiemtin.questions.link_pages import queue_pages
from kiemtin.questions.masking import unmarked
from kiemtin.questions.models import Case, Match, Message
from kiemtin.questions.moving import record_change
from kiemtin.questions.shelf import entry_id, message_pk, renumber
from kiemtin.questions.titles import title_of

BATCH = 20
"""Messages at a time: some seconds of work, so that what else the worker has to do does not wait long."""
_AT_WORK = frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.IN_REVIEW})
_LIMIT = SHOWN + 1  # cases looked at: one more, for a message may find itself


@dataclass(frozen=True, slots=True)
class Settled:
    """How many messages joined a case, how many opened one, and how many of these have open proposals."""

    joined: int = 0
    opened: int = 0
    proposed: int = 0

    @property
    def count(self) -> int:
        """How many messages were settled."""
        return self.joined + self.opened

    def __add__(self, other: Settled) -> Settled:
        return Settled(self.joined + other.joined, self.opened + other.opened, self.proposed + other.proposed)


@dataclass(frozen=True, slots=True)
class _Near:
    """A message in a case that the new one resembles, and how much."""

    message: int
    probability: float
    near_copy: bool
    guards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sight:
    """What the index of messages says of a new one."""

    is_sure: bool
    band: Answered
    near: tuple[_Near, ...]


def settle(*, messages: Search, limit: int = BATCH, now: dt.datetime | None = None) -> Settled:
    """Give each message that waits a case of the desk that takes in questions; at most `limit` of them.

    A message that surely makes the same claim as a case at work joins it. Whatever is less sure, or whose case is
    already decided, or only has an indicator in common, opens a case of its own, and the other is proposed to the
    desk: no verdict goes over by itself.

    Each message is a transaction: killed between two, it goes on where it was. One process settles at a time.

    Parameters
    ----------
    messages
        The open index of `shelf.MESSAGES`.
    """
    done = Settled()
    with alone("settle") as is_mine:
        desk = Desk.objects.filter(is_intake=True).first() if is_mine else None
        if desk is None:
            return done
        due = is_over("due", now or timezone.now(), longest=TIME_TO_CHOOSE)
        waiting = Message.objects.filter(due, settled=False).order_by("due", "pk")
        for pk, text in list(waiting.values_list("pk", "text")[:limit]):
            try:
                # The one before may be the case of this one.
                follow_and_look(messages)
                sight = _look(messages, pk, text)
            except IndexNotWrittenError:
                raise  # the disk is full: what waits is settled when there is room
            except StoredIndexError:
                return done  # somebody else writes to the index just now
            done += _settle(pk, sight, desk)
        return done


def _look(messages: Search, pk: int, text: str) -> _Sight:
    try:
        answer = messages.ask(unmarked(text), limit=_LIMIT).answer
    except MessageError:
        return _Sight(False, Answered.NONE, ())  # it must not hold up those behind it
    near = tuple(
        _Near(message_pk(match.id), match.probability, match.near_copy, tuple(guard.value for guard in match.guards))
        for match in answer.matches
        if match.id != entry_id(pk)
    )
    is_sure = answer.band is Band.ANSWER and not answer.guards
    return _Sight(is_sure, Answered(answer.band.value), near if answer.band is not Band.NONE else ())


@transaction.atomic
def _settle(pk: int, sight: _Sight, desk: Desk) -> Settled:
    message = Message.objects.select_for_update(of=("self",)).get(pk=pk)
    if message.settled or message.case_id is not None:
        return Settled()
    targets = _targets(message, sight, desk)
    first = targets[0] if targets else None
    if first is not None and sight.is_sure and sight.near[0] is first[0] and first[1].state in _AT_WORK:
        _join(message, first[1], first[0], sight)
        done = Settled(joined=1)
    else:
        sharing = _sharing(message, desk)
        case = _open(message, desk)
        _propose(message, [pair for pair in targets if pair[1].pk != case.pk], sight, sharing)
        done = Settled(opened=1, proposed=int(bool(targets or sharing)))
    if desk.opens_links:
        queue_pages(message.text)
    message.settled = True
    message.save(update_fields=["case", "settled"])
    renumber([message.pk])
    return done


def _targets(message: Message, sight: _Sight, desk: Desk) -> list[tuple[_Near, Case]]:
    """Return the cases that the message may belong to, locked, best first; not those that the desk said no to."""
    not_these = _refused(message)
    near = [one for at, one in enumerate(sight.near[:SHOWN]) if not at or one.probability >= FAR]
    homes = dict(Message.objects.filter(pk__in=[one.message for one in near]).values_list("pk", "case_id"))
    rows = Case.objects.select_for_update(of=("self",)).select_related("desk").order_by("pk")
    cases = {row.pk: row for row in rows.filter(pk__in=set(homes.values()) - {None} - not_these, desk=desk)}
    found: dict[int, tuple[_Near, Case]] = {}
    for one in near:
        case = cases.get(homes.get(one.message) or 0)
        if case is not None and case.state != CaseState.MERGED:
            found.setdefault(case.pk, (one, case))
    return list(found.values())


def _refused(message: Message) -> set[int | None]:
    refused = Match.objects.filter(message=message, case__isnull=False, decision=Decision.NO)
    return set(refused.values_list("case_id", flat=True))


def _sharing(message: Message, desk: Desk) -> list[Case]:
    """Return cases that share an indicator with the message: whatever its words, it is only proposed for them."""
    refused = _refused(message)
    pks = [pk for pk in cases_sharing(message) if pk not in refused]
    cases = {case.pk: case for case in Case.objects.filter(pk__in=pks, desk=desk)}
    return [cases[pk] for pk in pks if pk in cases][:SHOWN]


def _join(message: Message, case: Case, near: _Near, sight: _Sight) -> None:
    row = _match(message, case, near, sight, 0)
    row.decision, row.decider, row.decided = Decision.YES, Decider.PROGRAM, timezone.now()
    Match.objects.bulk_create([row], ignore_conflicts=True)
    record_change(kind=ChangeKind.JOIN, source=None, target=case, messages=[message.pk], by=None)
    message.case = case
    case.asked += message.asked
    case.messages_count += 1
    case.heat = joined((case.heat, message.heat))
    case.first_asked = min(case.first_asked, message.first_asked)
    case.last_asked = max(case.last_asked, message.last_asked)
    case.save(update_fields=["asked", "messages_count", "heat", "first_asked", "last_asked"])
    log_verb("case.joined", case=case, by="worker", message=message.pk)


def _open(message: Message, desk: Desk) -> Case:
    case = Case.objects.create(
        desk=desk,
        title=title_of(message.text),
        language=guess_language(unmarked(message.text)).language,
        asked=message.asked,
        messages_count=1,
        heat=message.heat,
        first_asked=message.first_asked,
        last_asked=message.last_asked,
    )
    message.case = case
    log_verb("case.opened", case=case, by="worker", message=message.pk)
    return case


def _propose(message: Message, targets: Sequence[tuple[_Near, Case]], sight: _Sight, sharing: Sequence[Case]) -> None:
    rows = [_match(message, case, near, sight, rank) for rank, (near, case) in enumerate(targets)]
    known = {row.case_id: row for row in rows}
    for case in sharing:
        if case.pk not in known:
            rows.append(Match(message=message, case=case, rank=len(rows), probability=0.0, band=Answered.MAYBE))
            known[case.pk] = rows[-1]
        known[case.pk].by_indicator = True
    Match.objects.bulk_create(rows, ignore_conflicts=True)


def _match(message: Message, case: Case, near: _Near, sight: _Sight, rank: int) -> Match:
    return Match(
        message=message,
        case=case,
        rank=rank,
        probability=near.probability,
        band=sight.band,
        near_copy=near.near_copy,
        guards=list(near.guards),
    )
