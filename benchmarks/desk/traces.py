"""What months of work leave behind: matches, proposals, changes, the log, notes, conflicts, addresses and replies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
from django.db import transaction
from django.utils import timezone

from benchmarks.desk.asked import Asked
from benchmarks.desk.cases import Cases, Rng
from benchmarks.desk.people import Cast
from kiemtin.audit.models import Event
from kiemtin.checks.actions.add_wordings import wording_digest
from kiemtin.checks.models import FactCheck, Wording
from kiemtin.questions.enums import Answered, CaseState, ChangeKind, Decider, Decision, ReplyKind, ReplyState
from kiemtin.questions.masking import unmarked
from kiemtin.questions.models import (
    CaseChange,
    CaseNote,
    Conflict,
    ErrorReport,
    Match,
    Message,
    Reply,
    ReplyAddress,
    Request,
    SavedView,
)
from kiemtin.questions.secrets import digest_of_address, seal

_PROPOSED = 0.03  # of the messages
_ADDRESSES = 0.03  # of the requests
_FAILED = 12  # replies


def make(cast: Cast, cases: Cases, asked: Asked, rng: Rng) -> None:
    """Store all of it."""
    with transaction.atomic():
        _wordings(cases, asked)
        Match.objects.bulk_create(_matches(cases, asked, rng), batch_size=500, ignore_conflicts=True)
        _changes(cast, cases, asked)
        _notes(cast, cases, rng)
        _replies(cases, asked, rng)
        for name in ("Nóng nhất", "Của tôi", "Chưa ai nhận"):
            SavedView.objects.create(desk=cast.desk, owner=cast.checkers[0], name=name, query="tab=to-do")


def _wordings(cases: Cases, asked: Asked) -> None:
    """Messages of a published case are known wordings of its check."""
    published = set(cases.at(CaseState.PUBLISHED))
    Wording.objects.bulk_create(
        (
            Wording(fact_check_id=cases.rows[at].fact_check_id, text=text, digest=wording_digest(text))
            for row, at in zip(asked.rows, asked.cases.tolist(), strict=True)
            if at in published and (text := unmarked(row.text))
        ),
        batch_size=500,
        ignore_conflicts=True,
    )


def _matches(cases: Cases, asked: Asked, rng: Rng) -> Iterator[Match]:
    """Yield what the core found for each message: checks, its own case, and for a few another case."""
    checks = list(FactCheck.objects.filter(seq__gt=0).values_list("pk", flat=True))
    standing = cases.standing
    seen: set[int] = set()
    for row, at in zip(asked.rows, asked.cases.tolist(), strict=True):
        if row.band == Answered.MAYBE:
            found = rng.choice(len(checks), int(rng.integers(1, 4)), replace=False).tolist()
            for rank, number in enumerate(found):
                yield Match(
                    message=row, fact_check_id=checks[number], rank=rank, probability=0.4 / (rank + 1), band=row.band
                )
        if at in seen:
            yield Match(
                message=row,
                case=cases.rows[at],
                probability=0.95,
                band=Answered.ANSWER,
                near_copy=True,
                decision=Decision.YES,
                decider=Decider.PROGRAM,
            )
        elif rng.random() < _PROPOSED * len(asked.rows) / len(standing):
            other = standing[int(rng.integers(len(standing)))]
            if other != at:
                yield Match(message=row, case=cases.rows[other], probability=0.5, band=Answered.MAYBE)
        seen.add(at)


def _changes(cast: Cast, cases: Cases, asked: Asked) -> None:
    """Store that messages joined, and that cases were merged; both are in the log too."""
    seen: set[int] = set()
    joined: list[tuple[Message, int]] = []
    events: list[Event] = []
    for row, at in zip(asked.rows, asked.cases.tolist(), strict=True):
        verb = "case.joined" if at in seen else "case.opened"
        if at in seen:
            joined.append((row, at))
        seen.add(at)
        events.append(_event(cast, verb, cases.rows[at].pk, row.first_asked, message=row.pk))
    changes = [CaseChange(kind=ChangeKind.JOIN, target=cases.rows[at], at=row.first_asked) for row, at in joined]
    CaseChange.objects.bulk_create(changes, batch_size=500)
    link = CaseChange.messages.through
    link.objects.bulk_create(
        (link(casechange_id=change.pk, message_id=row.pk) for change, (row, _) in zip(changes, joined, strict=True)),
        batch_size=500,
    )
    merged = [cases.rows[at] for at in cases.at(CaseState.MERGED)]
    CaseChange.objects.bulk_create(
        (CaseChange(kind=ChangeKind.MERGE, source=row, target=row.merged_into, by=cast.editor) for row in merged),
        batch_size=500,
    )
    Event.objects.bulk_create(sorted(events, key=lambda event: event.at), batch_size=500)


def _event(cast: Cast, verb: str, case: int, at: dt.datetime, **detail: object) -> Event:
    given = {"desk": cast.desk.slug, **detail}
    return Event(actor="worker", verb=verb, object_type="case", object_id=str(case), detail=given, at=at)


def _notes(cast: Cast, cases: Cases, rng: Rng) -> None:
    for at in cases.at(CaseState.IN_PROGRESS, CaseState.IN_REVIEW):
        for number in range(int(rng.integers(1, 4))):
            author = cast.checkers[(at + number) % len(cast.checkers)]
            CaseNote.objects.create(case=cases.rows[at], author=author, text="Đã gọi cho sở, đang chờ văn bản.")
    for at in rng.choice(cases.at(CaseState.OPEN), min(20, len(cases.at(CaseState.OPEN))), replace=False).tolist():
        Conflict.objects.create(case=cases.rows[at], person=cast.checkers[0], reason="Người nhà làm ở đó.")


def _replies(cases: Cases, asked: Asked, rng: Rng) -> None:
    """Leave addresses for some requests; who asked about a published case has been told, but for a few."""
    count = Request.objects.count()
    chosen = rng.choice(count, max(1, round(_ADDRESSES * count)), replace=False)
    numbers = np.array(Request.objects.order_by("pk").values_list("pk", flat=True))[chosen]
    rows = list(Request.objects.select_related("message__case__fact_check__latest").filter(pk__in=numbers.tolist()))
    ReplyAddress.objects.bulk_create(
        (
            ReplyAddress(
                request=row, secret=seal(f"nguoi{row.pk}@example.org"), digest=digest_of_address(f"nguoi{row.pk}")
            )
            for row in rows
        ),
        batch_size=300,
    )
    told = [row for row in rows if row.message.case is not None and row.message.case.state == CaseState.PUBLISHED]
    Reply.objects.bulk_create(map(_reply, range(len(told)), told), batch_size=300)
    for at in cases.at(CaseState.PUBLISHED)[:20]:
        check = cases.rows[at].fact_check
        if check is not None and check.latest is not None:
            ErrorReport.objects.create(fact_check=check, revision=check.latest, text="Con số này có lẽ đã cũ.")


def _reply(number: int, row: Request) -> Reply:
    case = row.message.case
    return Reply(
        request=row,
        kind=ReplyKind.ANSWER,
        case=case,
        revision=case.fact_check.latest if case is not None and case.fact_check is not None else None,
        state=ReplyState.FAILED if number < _FAILED else ReplyState.SENT,
        attempts=1,
        sent=None if number < _FAILED else timezone.now(),
        message_id=f"<{row.code}@kiemtin.example>",
    )
