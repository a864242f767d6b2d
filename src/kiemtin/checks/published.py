"""What readers can find: every function is a bounded number of queries, whatever the library's size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, When

from kiemtin.checks.enums import PublicState, RevisionKind, Topic
from kiemtin.checks.models import CitedSource, FactCheck, Revision

ANSWERS = (PublicState.PUBLISHED, PublicState.CORRECTED)


def with_pages() -> QuerySet[FactCheck]:
    """Return all that have a page, withdrawn ones too: with their last revision, its two people and the desk."""
    related = ("desk", "latest", "latest__author", "latest__approver")
    return FactCheck.objects.exclude(public_state=PublicState.UNPUBLISHED).select_related(*related)


def public_checks(language: str = "", *, topic: str = "", verdict: str = "") -> QuerySet[FactCheck]:
    """Return what may be given as an answer, last changed first.

    Parameters
    ----------
    language
        Each check once: in this language, or else in another if it has no version in this one. Empty: all versions.
    topic, verdict
        Empty: any. They are those of the last revision, never those of a draft.
    """
    found = with_pages().filter(public_state__in=ANSWERS).order_by("-changed", "-id")
    if language:
        found = found.filter(Q(work="") | Q(language=language) | ~Exists(_preferred(language)))
    if topic:
        found = found.filter(latest__topic=topic)
    if verdict:
        found = found.filter(latest__verdict=verdict)
    return found


def every_answer(*, batch: int = 500) -> Iterator[FactCheck]:
    """Yield all that may be given as an answer, by number, without their long texts: a query a batch.

    No transaction is held meanwhile: who takes them slowly stops nobody.
    """
    found = (
        public_checks()
        .select_related(None)
        .select_related("desk", "latest")
        .order_by("pk")
        .defer("body", "claim", "summary", "note", "remarks", "wordings", "latest__body", "latest__wordings")
    )
    last = 0
    while rows := list(found.filter(pk__gt=last)[:batch]):
        yield from rows
        last = rows[-1].pk


def _preferred(language: str) -> QuerySet[FactCheck]:
    """Return versions of the same work to show instead: one in the language, or else the first that was made."""
    others = FactCheck.objects.filter(work=OuterRef("work"), public_state__in=ANSWERS)
    return others.filter(Q(language=language) | Q(pk__lt=OuterRef("pk")))


def by_ids(ids: Iterable[int]) -> dict[int, FactCheck]:
    """Return those that have a page by their number, in the order given; others are left out."""
    wanted = list(ids)
    found = with_pages().in_bulk(wanted)
    return {pk: found[pk] for pk in wanted if pk in found}


def in_language(checks: Iterable[FactCheck], language: str) -> list[FactCheck]:
    """Return each check in its version in a language, or as it is if it has none that may be given as an answer.

    What becomes the same is kept once, at its first place.
    """
    given = list(checks)
    works = {check.work for check in given if check.work and check.language != language}
    versions = public_checks().filter(work__in=works, language=language) if works else ()
    by_work = {check.work: check for check in versions}
    chosen = (check if check.language == language else by_work.get(check.work, check) for check in given)
    return list({check.pk: check for check in chosen}.values())


def translations(fact_check: FactCheck) -> QuerySet[FactCheck]:
    """Return the other versions of the same work that have a page, by language."""
    if not fact_check.work:
        return FactCheck.objects.none()
    return with_pages().filter(work=fact_check.work).exclude(pk=fact_check.pk).order_by("language")


def topics(language: str = "") -> list[tuple[Topic, int]]:
    """Return each topic that has checks, with how many, in the order of `Topic`."""
    rows = public_checks(language).order_by().values("latest__topic").annotate(count=Count("pk"))
    counts = dict(rows.values_list("latest__topic", "count"))
    return [(topic, counts[topic]) for topic in Topic if counts.get(topic)]


def corrections(language: str = "") -> QuerySet[Revision]:
    """Return all corrections and withdrawals, newest first; in one language, or in all."""
    kinds = (RevisionKind.CORRECTION, RevisionKind.WITHDRAWAL)
    found = Revision.objects.filter(kind__in=kinds).select_related("fact_check", "fact_check__desk")
    return (found.filter(language=language) if language else found).order_by("-at", "-id")


def revisions(fact_check: FactCheck) -> QuerySet[Revision]:
    """Return everything that was published of a check, newest first."""
    return fact_check.revisions.select_related("author", "approver").order_by("-number")


def revision_and_before(fact_check: FactCheck, number: int) -> tuple[Revision, Revision | None] | None:
    """Return one revision and the one before it; None if there is no such revision."""
    near = revisions(fact_check).filter(number__in=(number, number - 1))
    found = {revision.number: revision for revision in near}
    return (found[number], found.get(number - 1)) if number in found else None


def to_look_at(desk_id: int, until: dt.date) -> QuerySet[FactCheck]:
    """Return a desk's answers that have a source to look at again, the longest due first.

    Its day comes by `until`, or the source has changed or is gone; those come before all others.
    """
    flagged = CitedSource.objects.filter(flagged__isnull=False)
    has_flag = Q(pk__in=flagged.values("fact_check"))
    own = public_checks().filter(Q(recheck_on__lte=until) | has_flag, desk_id=desk_id)
    first = Case(When(has_flag, then=0), default=1, output_field=IntegerField())
    shown = Prefetch("cited_sources", queryset=flagged, to_attr="flagged_sources")
    return own.order_by(first, F("recheck_on").asc(nulls_last=True), "id").prefetch_related(shown)
