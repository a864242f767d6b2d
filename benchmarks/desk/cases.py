"""Cases in the states that a desk has after some months, each with the document that its messages are made from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from django.db import transaction
from django.utils import timezone

from benchmarks.desk.people import Cast
from benchmarks.desk.size import Size
from benchmarks.scale import texts
from kiemtin.checks.enums import Nature
from kiemtin.questions.digest import readable
from kiemtin.questions.enums import CaseState
from kiemtin.questions.models import Case
from kiemtin.questions.titles import plain, title_of

Rng = np.random.Generator

SHARES = {
    CaseState.PUBLISHED: 0.085,
    CaseState.MERGED: 0.12,
    CaseState.NOT_CHECKABLE: 0.09,
    CaseState.DECLINED: 0.07,
    CaseState.IN_REVIEW: 0.002,
    CaseState.IN_PROGRESS: 0.012,
}
"""What is not in one of them is open."""

_UNRATED = (Nature.OPINION, Nature.BELIEF, Nature.SATIRE, Nature.PREDICTION)


@dataclass(frozen=True)
class Cases:
    """The rows in the order of their numbers, and the document of each (title, text)."""

    rows: list[Case]
    documents: list[tuple[str, str]]

    def at(self, *states: CaseState) -> list[int]:
        """Return the places of those in a state."""
        return [at for at, row in enumerate(self.rows) if row.state in states]

    @property
    def standing(self) -> list[int]:
        """Places of those that were not merged away."""
        return self.at(*(state for state in CaseState if state is not CaseState.MERGED))


def make(size: Size, cast: Cast, rng: Rng) -> Cases:
    """Make all cases; what is published, and what is merged, is stored as open until the other half is there."""
    documents = [texts.parted(line) for line in texts.documents(size.cases)]
    documents = [(readable(title), readable(text)) for title, text in documents]
    states = _states(size.cases, rng)
    rows = [_case(cast, states[at], documents[at], rng) for at in range(size.cases)]
    with transaction.atomic():
        Case.objects.bulk_create(rows, batch_size=500)
        _merge(rows, states, rng)
    for row, state in zip(rows, states, strict=True):
        row.state = state
    return Cases(rows, documents)


def publish(cases: Cases, checks: dict[int, int]) -> None:
    """Link published cases, and those in work, with their checks: place of the case → number of the check."""
    for at, pk in checks.items():
        cases.rows[at].fact_check_id = pk
    with transaction.atomic():
        linked = [cases.rows[at] for at in checks]
        Case.objects.bulk_update(linked, ["fact_check", "state"], batch_size=200)


def _states(count: int, rng: Rng) -> list[CaseState]:
    found = [state for state, share in SHARES.items() for _ in range(max(1, round(share * count)))]
    found += [CaseState.OPEN] * (count - len(found))
    return [found[at] for at in rng.permutation(count)]


def _case(cast: Cast, state: CaseState, document: tuple[str, str], rng: Rng) -> Case:
    title = title_of(". ".join(document))
    later = state in (CaseState.PUBLISHED, CaseState.MERGED)
    row = Case(
        desk=cast.desk,
        state=CaseState.OPEN if later else state,
        title=title,
        title_plain=plain(title)[:400],
        language="vi",
        nature=_nature(state, rng),
        public_reason="Ngoài phạm vi của bàn tin." if state == CaseState.DECLINED else "",
        state_since=timezone.now() - dt.timedelta(days=float(rng.uniform(0, 20))),
    )
    if state in (CaseState.IN_PROGRESS, CaseState.IN_REVIEW, CaseState.PUBLISHED) or rng.random() < 0.02:
        row.assignee = cast.checkers[int(rng.integers(len(cast.checkers)))]
    return row


def _nature(state: CaseState, rng: Rng) -> str:
    if state == CaseState.NOT_CHECKABLE:
        return _UNRATED[int(rng.integers(len(_UNRATED)))].value
    is_fact = state in (CaseState.IN_PROGRESS, CaseState.IN_REVIEW, CaseState.PUBLISHED) or rng.random() < 0.1
    return Nature.FACT.value if is_fact else ""


def _merge(rows: list[Case], states: list[CaseState], rng: Rng) -> None:
    targets = [row for row, state in zip(rows, states, strict=True) if state != CaseState.MERGED]
    merged = [row for row, state in zip(rows, states, strict=True) if state == CaseState.MERGED]
    for row in merged:
        row.state, row.merged_into = CaseState.MERGED, targets[int(rng.integers(len(targets)))]
    Case.objects.bulk_update(merged, ["state", "merged_into"], batch_size=200)
