"""What everybody may read: fact-checks with their versions, topics, the scale."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from ninja import P, PathEx, Query, Router, Schema
from pydantic import Field

from kiemtin.api.faults import ApiError
from kiemtin.api.v1 import findings, schemas
from kiemtin.api.v1.cursors import cursor, place_of
from kiemtin.api.wording import told
from kiemtin.checks.enums import Outcome, RevisionKind, Topic, Verdict
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.checks.published import public_checks, revisions, topics, translations, with_pages

router = Router(tags=["fact-checks"])

Number = PathEx[int, P(ge=1, le=2**63 - 1)]
_FRESH = 60  # seconds that a cache may give it unasked


class CheckQuery(Schema):
    """Which fact-checks, and from where on."""

    language: str = Field(
        default="", max_length=35, pattern=r"^([A-Za-z0-9-]*)$", description=_("Only those written in it (BCP 47).")
    )
    topic: Topic | None = Field(default=None, description=_("Only those on it."))
    verdict: Verdict | None = Field(default=None, description=_("Only those with it."))
    limit: int = Field(default=20, ge=1, le=100, description=_("How many at most."))
    cursor: str = Field(default="", max_length=500, description=_("The value of next on the page before."))


@router.get(
    "/checks",
    response=schemas.CheckList,
    **told(_("List fact-checks"), _("Those that stand, last changed first. Withdrawn ones are read one by one.")),
)
def list_checks(request: HttpRequest, response: HttpResponse, asked: Query[CheckQuery]) -> schemas.CheckList:
    """List the fact-checks that stand."""
    rows = public_checks(topic=asked.topic or "", verdict=asked.verdict or "")
    if asked.language:
        rows = rows.filter(latest__language__iexact=asked.language)
    found = list(_after(rows, asked.cursor)[: asked.limit + 1])
    shown = found[: asked.limit]
    following = cursor(shown[-1].changed or "", shown[-1].pk) if len(found) > asked.limit else None
    _keep(response)
    items = [findings.check_row(row, row.latest) for row in shown if row.latest is not None]
    return schemas.CheckList(items=items, next=following)


@router.get(
    "/checks/{check}", response=schemas.Check, **told(_("Read a fact-check"), _("Also one that was withdrawn."))
)
def get_check(request: HttpRequest, response: HttpResponse, check: Number) -> schemas.Check:
    """Return one fact-check as it stands."""
    row, latest = _check(check)
    notes = row.revisions.exclude(kind=RevisionKind.FIRST).order_by("-number")
    _keep(response)
    return findings.check_whole(
        row, latest, corrections=notes, translations=translations(row).values_list("pk", flat=True)
    )


@router.get("/checks/{check}/revisions", response=schemas.RevisionList, **told(_("List the versions of a fact-check")))
def list_revisions(request: HttpRequest, response: HttpResponse, check: Number) -> schemas.RevisionList:
    """List all that was published of a fact-check."""
    row, _latest = _check(check)
    _keep(response)
    return schemas.RevisionList(items=[findings.revision_row(one) for one in revisions(row)])


@router.get(
    "/checks/{check}/revisions/{number}", response=schemas.Revision, **told(_("Read one version of a fact-check"))
)
def get_revision(request: HttpRequest, response: HttpResponse, check: Number, number: Number) -> schemas.Revision:
    """Return one version as it was published."""
    row, _latest = _check(check)
    found = revisions(row).filter(number=number).first()
    if found is None:
        raise ApiError("not-found")
    _keep(response)
    return findings.revision_whole(found)


@router.get("/topics", response=schemas.TopicList, **told(_("List the topics")))
def list_topics(request: HttpRequest, response: HttpResponse) -> schemas.TopicList:
    """List the topics that have fact-checks."""
    _keep(response)
    rows = (schemas.TopicRow(topic=topic, label=str(topic.label), count=count) for topic, count in topics())
    return schemas.TopicList(items=list(rows))


@router.get("/verdicts", response=schemas.Scale, **told(_("Read the scale of verdicts")))
def get_scale(request: HttpRequest, response: HttpResponse) -> schemas.Scale:
    """Return all verdicts and outcomes with their definitions."""
    _keep(response)
    prefix = "" if get_language() == settings.LANGUAGE_CODE else f"/{get_language()}"
    return schemas.Scale(
        verdicts=[_word(one) for one in Verdict],
        outcomes=[_word(one) for one in Outcome],
        url=f"{settings.KIEMTIN_ADDRESS}{prefix}/scale/",
    )


def _word(one: Verdict | Outcome) -> schemas.Word:
    return schemas.Word(code=one.value, label=str(one.label), definition=str(one.definition))


def _check(pk: int) -> tuple[FactCheck, Revision]:
    row = with_pages().filter(pk=pk).first()
    if row is None or row.latest is None:
        raise ApiError("not-found")
    return row, row.latest


def _after(rows: QuerySet[FactCheck], word: str) -> QuerySet[FactCheck]:
    """Return what comes after a place: what is published meanwhile shifts nothing."""
    if not word:
        return rows
    changed, pk = place_of(word, parts=2)
    try:
        at, number = dt.datetime.fromisoformat(changed), int(pk)
    except ValueError:
        raise ApiError("unknown-cursor") from None
    return rows.filter(Q(changed__lt=at) | Q(changed=at, pk__lt=number))


def _keep(response: HttpResponse) -> None:
    patch_cache_control(response, public=True, max_age=_FRESH)
