"""Messages and requests: Zipf-distributed over cases and over messages, of the last four months, mostly of late."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from django.db import transaction

from benchmarks.desk.cases import Cases, Rng
from benchmarks.desk.size import Size
from benchmarks.desk.wordings import variants, vocabulary
from benchmarks.scale.texts import zipf
from kiemtin.checks.actions.number_changes import last_change, number_changes
from kiemtin.questions.codes import new_code
from kiemtin.questions.demand import EPOCH, HALF_LIFE
from kiemtin.questions.digest import digest_of
from kiemtin.questions.enums import Answered
from kiemtin.questions.models import Case, Demand, Message, Request
from kiemtin.questions.shelf import NAME

_DAY = 86_400.0
_OLDEST = 120.0  # days
_LOCAL = 7 * 3_600  # Vietnam is seven hours ahead, all year

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Asked:
    """Messages in the order of their numbers, the place of the case of each, and which requests are of which."""

    rows: list[Message]
    cases: Ints
    of_request: Ints


def make(size: Size, cases: Cases, rng: Rng, now: dt.datetime) -> Asked:
    """Store messages, requests and demand, and count them on their cases."""
    standing = np.array(cases.standing)
    counts = spread(size.messages, len(standing), rng)
    of_case = np.repeat(standing, counts)
    of_request = np.repeat(np.arange(size.messages), spread(size.requests, size.messages, rng))
    times = _times(of_case[of_request], len(cases.rows), rng, now)
    rows = _messages(cases, standing, counts, of_case, rng)
    _count(rows, of_request, times)
    with transaction.atomic():
        for row, seq in zip(rows, number_changes(count=len(rows), name=NAME), strict=True):
            row.seq = seq
        Message.objects.bulk_create(rows, batch_size=500)
        _requests(rows, of_request, times)
        _demand(rows, of_request, times)
        _count_cases(cases, of_case, of_request, times)
    return Asked(rows, of_case, of_request)


def spread(total: int, among: int, rng: Rng) -> Ints:
    """Share `total` out by Zipf, at least one each, whoever comes first by chance."""
    weights = np.diff(zipf(among, 1.0), prepend=0.0)
    counts: Ints = 1 + rng.multinomial(total - among, weights / weights.sum())
    return rng.permutation(counts)


def moment(seconds: float) -> dt.datetime:
    """Return a time from seconds since 1970."""
    return dt.datetime.fromtimestamp(float(seconds), dt.UTC)


def heats(groups: Ints, times: Floats, count: int) -> Floats:
    """Return the heat of each group of requests, as `questions.demand` defines it."""
    ages = (times - EPOCH.timestamp()) / HALF_LIFE.total_seconds()
    top = np.full(count, -np.inf)
    np.maximum.at(top, groups, ages)
    sums = np.bincount(groups, np.exp2(ages - top[groups]), minlength=count)
    return np.where(sums > 0, top + np.log2(np.maximum(sums, 1e-300)), 0.0)


def _times(of_case: Ints, cases: int, rng: Rng, now: dt.datetime) -> Floats:
    """Each case was asked about most at some time of its own."""
    peak = rng.exponential(20.0, cases)
    age = np.clip(peak[of_case] + rng.exponential(4.0, len(of_case)), 0.0, _OLDEST)
    found: Floats = now.timestamp() - _DAY * age - rng.uniform(60.0, 600.0, len(of_case))
    return found


def _messages(cases: Cases, standing: Ints, counts: Ints, of_case: Ints, rng: Rng) -> list[Message]:
    others = vocabulary(2_000)
    known: set[str] = set()
    rows = []
    written = (
        text
        for at, count in zip(standing.tolist(), counts.tolist(), strict=True)
        for text in variants(cases.documents[at], count, others, rng)
    )
    maybe = rng.random(len(of_case)) < 0.45
    mark = last_change()
    for number, (first, at) in enumerate(zip(written, of_case.tolist(), strict=True)):
        text = first if digest_of(first) not in known else f"{first} {others[number % len(others)]} {number}"
        digest = digest_of(text)
        known.add(digest)
        band = Answered.MAYBE if maybe[number] else Answered.NONE
        rows.append(Message(digest=digest, text=text, case=cases.rows[at], settled=True, band=band, matched_seq=mark))
    return rows


def _count(rows: list[Message], of_request: Ints, times: Floats) -> None:
    asked = np.bincount(of_request, minlength=len(rows)).tolist()
    first, last = _first_last(of_request, times, len(rows))
    heat = heats(of_request, times, len(rows)).tolist()
    for at, row in enumerate(rows):
        row.asked, row.heat = asked[at], heat[at]
        row.first_asked, row.last_asked = moment(first[at]), moment(last[at])
        row.due = row.first_asked


def _first_last(groups: Ints, times: Floats, count: int) -> tuple[Floats, Floats]:
    first, last = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(first, groups, times)
    np.maximum.at(last, groups, times)
    return first, last


def _requests(rows: list[Message], of_request: Ints, times: Floats) -> None:
    Request.objects.bulk_create(
        (
            Request(code=new_code(), message=rows[at], language="vi", at=moment(time))
            for at, time in zip(of_request.tolist(), times.tolist(), strict=True)
        ),
        batch_size=500,
    )


def _demand(rows: list[Message], of_request: Ints, times: Floats) -> None:
    days = ((times + _LOCAL) // _DAY).astype(np.int64)
    pairs, counts = np.unique(np.stack([of_request, days], axis=1), axis=0, return_counts=True)
    zero = dt.date(1970, 1, 1)
    Demand.objects.bulk_create(
        (
            Demand(message=rows[at], day=zero + dt.timedelta(days=day), count=count)
            for (at, day), count in zip(pairs.tolist(), counts.tolist(), strict=True)
        ),
        batch_size=500,
    )


def _count_cases(cases: Cases, of_case: Ints, of_request: Ints, times: Floats) -> None:
    count = len(cases.rows)
    groups = of_case[of_request]
    asked, messages = np.bincount(groups, minlength=count), np.bincount(of_case, minlength=count)
    heat = heats(groups, times, count)
    first, last = _first_last(groups, times, count)
    for at in cases.standing:
        row = cases.rows[at]
        row.asked, row.messages_count, row.heat = int(asked[at]), int(messages[at]), float(heat[at])
        row.first_asked, row.last_asked = moment(first[at]), moment(last[at])
        row.opened = row.first_asked
        row.state_since = max(row.state_since, row.opened)
    fields = ["asked", "messages_count", "heat", "first_asked", "last_asked", "opened", "state_since"]
    standing = [cases.rows[at] for at in cases.standing]
    # The state of published cases waits for their checks.
    Case.objects.bulk_update(standing, fields, batch_size=100)
