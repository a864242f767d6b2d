"""The library: the samples by the product's own actions, and generated fact-checks straight in the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from django.db import transaction
from django.utils import timezone

from benchmarks.desk.asked import spread
from benchmarks.desk.cases import Cases, Rng
from benchmarks.desk.people import ACTOR, Cast
from benchmarks.desk.size import Size
from benchmarks.scale import texts
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.draft import DraftContent, SourceContent
from kiemtin.checks.enums import Interest, Part, PublicState, RevisionKind, SourceKind, Stage, Topic, Verdict
from kiemtin.checks.models import FactCheck, Hand, Revision, Source
from kiemtin.checks.slug import slug
from kiemtin.exchange.actions.load_samples import load_samples
from kiemtin.questions.enums import CaseState
from kiemtin.questions.models import CheckDemand

_CORRECTED, _WITHDRAWN = 0.1, 0.02
_OTHERS = 2 * texts.STRANGERS
_VERDICTS, _TOPICS = list(Verdict), list(Topic)


def make(size: Size, cast: Cast, cases: Cases, rng: Rng) -> dict[int, int]:
    """Publish, and draft; return which case has which check: place of the case → number of the check."""
    if size.samples:
        load_samples(desk=cast.desk, author=cast.checkers[0], approver=cast.editor, by=ACTOR)
    generated = size.checks - FactCheck.objects.count()
    public = cases.at(CaseState.PUBLISHED)
    at_work = [*cases.at(CaseState.IN_REVIEW), *cases.at(CaseState.IN_PROGRESS)[: max(1, size.checks // 50)]]
    strangers = [texts.parted(line) for line in texts.documents(max(generated, 3), first=_OTHERS)]
    documents = [cases.documents[at] for at in (*public, *at_work)]
    documents += strangers[: max(0, generated - len(documents))]
    rows = [_row(cast, document, strangers, number) for number, document in enumerate(documents)]
    with transaction.atomic():
        FactCheck.objects.bulk_create(rows, batch_size=200)
        _evidence(cast, rows, rng)
        published = [*rows[: len(public)], *rows[len(public) + len(at_work) :]]
        _publish(cast, published, rng)
        _hand_in(cast, [rows[len(public) + at] for at in range(len(cases.at(CaseState.IN_REVIEW)))])
        _demand(published, rng)
    return {at: row.pk for at, row in zip((*public, *at_work), rows, strict=False)}


def _row(cast: Cast, document: tuple[str, str], others: Sequence[tuple[str, str]], number: int) -> FactCheck:
    title, text = document
    paragraphs = [f"{others[(number + step) % len(others)][1]}" for step in range(3)]
    return FactCheck(
        desk=cast.desk,
        claim=title,
        summary=text,
        body="\n\n".join((f"## {title}", *paragraphs, "- **Một**: xem nguồn\n- Hai: [nguồn](https://example.org/2)")),
        verdict=_VERDICTS[number % len(_VERDICTS)],
        topic=_TOPICS[number % len(_TOPICS)],
        wordings=[others[number % len(others)][0]],
        edited=timezone.now() - dt.timedelta(hours=number),
    )


def _evidence(cast: Cast, rows: list[FactCheck], rng: Rng) -> None:
    today = timezone.localdate()
    for row in rows:
        row.recheck_on = today + dt.timedelta(days=int(rng.integers(-3, 400)))
    Source.objects.bulk_create(
        (
            Source(
                fact_check=row,
                position=at,
                title=f"Báo cáo {at + 1} về {row.claim}"[:300],
                publisher="Viện Đo Lường",
                url=f"https://example.org/{row.pk}/{at}",
                kind=SourceKind.PRIMARY if at == 0 else SourceKind.SECONDARY,
                interest=Interest.INDEPENDENT if at < 2 else Interest.PARTY,
                shows="Số liệu gốc khác với tin.",
                accessed=today,
                recheck_on=row.recheck_on if at == 0 else None,
            )
            for row in rows
            for at in range(int(rng.integers(2, 5)))
        ),
        batch_size=200,
    )
    Hand.objects.bulk_create(
        (
            Hand(fact_check=row, round=1, person=cast.checkers[row.pk % len(cast.checkers)], part=Part.AUTHOR)
            for row in rows
        ),
        batch_size=300,
    )


def _publish(cast: Cast, rows: list[FactCheck], rng: Rng) -> None:
    """Give each its revisions: the first, and for some a correction, and for a few a withdrawal."""
    found = FactCheck.objects.prefetch_related("sources").in_bulk([row.pk for row in rows])
    kinds = {row.pk: [RevisionKind.FIRST] for row in rows}
    for row, chance in zip(rows, rng.random(len(rows)).tolist(), strict=True):
        if chance < _CORRECTED:
            kinds[row.pk].append(RevisionKind.CORRECTION)
        if chance < _WITHDRAWN:
            kinds[row.pk].append(RevisionKind.WITHDRAWAL)
    revisions = [
        _revision(cast, found[pk], number + 1, kind) for pk, given in kinds.items() for number, kind in enumerate(given)
    ]
    Revision.objects.bulk_create(revisions, batch_size=100)
    last = {revision.fact_check_id: revision for revision in revisions}
    states = {RevisionKind.FIRST: PublicState.PUBLISHED, RevisionKind.CORRECTION: PublicState.CORRECTED}
    for row, seq in zip(rows, number_changes(count=len(rows)), strict=True):
        revision = last[row.pk]
        row.latest, row.seq, row.slug = revision, seq, slug(row.claim)
        row.stage, row.public_state = Stage.SETTLED, states.get(RevisionKind(revision.kind), PublicState.WITHDRAWN)
        row.published = row.changed = revision.at
    fields = ["latest", "seq", "slug", "stage", "public_state", "published", "changed", "recheck_on"]
    FactCheck.objects.bulk_update(rows, fields, batch_size=100)


def _revision(cast: Cast, row: FactCheck, number: int, kind: RevisionKind) -> Revision:
    content = DraftContent.of(row)
    author = cast.checkers[row.pk % len(cast.checkers)]
    return Revision(
        fact_check=row,
        number=number,
        kind=kind,
        note="" if kind is RevisionKind.FIRST else "Sửa một con số theo báo cáo mới.",
        **{name: getattr(content, name) for name in ("claim", "verdict", "summary", "body", "topic")},
        language=row.language,
        wordings=row.wordings,
        sources=[source.to_json() for source in content.sources],
        source_count=len(content.sources),
        independent_count=sum(_is_independent(source) for source in content.sources),
        author=author,
        approver=cast.editor,
        authors=[author.name],
        changed_fields=[] if kind is RevisionKind.FIRST else ["summary"],
        at=row.edited + dt.timedelta(minutes=number),
    )


def _is_independent(source: SourceContent) -> bool:
    return source.interest == Interest.INDEPENDENT


def _hand_in(cast: Cast, rows: list[FactCheck]) -> None:
    for row in rows:
        row.stage, row.author = Stage.SUBMITTED, cast.checkers[row.pk % len(cast.checkers)]
    FactCheck.objects.bulk_update(rows, ["stage", "author"], batch_size=100)


def _demand(rows: list[FactCheck], rng: Rng) -> None:
    """Say how often each was the answer on each of the last thirty days."""
    today = timezone.localdate()
    total = spread(30 * len(rows), len(rows), rng)
    CheckDemand.objects.bulk_create(
        (
            CheckDemand(fact_check=row, day=today - dt.timedelta(days=day), count=count)
            for row, asked in zip(rows, total.tolist(), strict=True)
            for day, count in enumerate(rng.multinomial(asked, np.full(30, 1 / 30)).tolist())
            if count
        ),
        batch_size=500,
    )
