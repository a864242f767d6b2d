"""What a desk lets programs of its own do: read its cases, and look at the token."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from ninja import P, PathEx, Query, Router, Schema
from pydantic import Field

from kiemtin.accounts.enums import Scope
from kiemtin.accounts.models import Desk
from kiemtin.api.call import needs
from kiemtin.api.faults import ApiError
from kiemtin.api.v1 import findings, schemas
from kiemtin.api.v1.cursors import cursor, place_of
from kiemtin.api.wording import ANY, told
from kiemtin.matching.finding import of_external_review
from kiemtin.questions.enums import CaseState
from kiemtin.questions.explanations import explanation
from kiemtin.questions.models import Case

router = Router(tags=["desk"])

Number = PathEx[int, P(ge=1, le=2**63 - 1)]
_MESSAGES = 100


class CaseQuery(Schema):
    """Which cases, and from where on."""

    state: CaseState | None = Field(default=None, description=_("Only those in it."))
    limit: int = Field(default=20, ge=1, le=100, description=_("How many at most."))
    cursor: str = Field(default="", max_length=500, description=_("The value of next on the page before."))


@router.get(
    "/cases",
    response=schemas.CaseList,
    **told(_("List the desk's cases"), _("Those of the token's desk and no other, newest first."), scope=Scope.CASES),
)
def list_cases(request: HttpRequest, asked: Query[CaseQuery]) -> schemas.CaseList:
    """List the cases of the token's desk."""
    rows = _cases(needs(request, Scope.CASES).desk).order_by("-pk")
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.cursor:
        (before,) = place_of(asked.cursor, parts=1)
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    following = cursor(shown[-1].pk) if len(found) > asked.limit else None
    return schemas.CaseList(items=[schemas.CaseRow(**_row(case)) for case in shown], next=following)


@router.get(
    "/cases/{case}",
    response=schemas.Case,
    **told(
        _("Read a case"),
        _("With its messages, as they are stored: personal data covered. Nothing on who asked."),
        scope=Scope.CASES,
    ),
)
def get_case(request: HttpRequest, case: Number) -> schemas.Case:
    """Return one case of the token's desk."""
    row = _cases(needs(request, Scope.CASES).desk).filter(pk=case).first()
    if row is None:
        raise ApiError("not-found")
    review = row.external_review if row.state == CaseState.PUBLISHED else None
    return schemas.Case(
        **_row(row),
        public_reason=row.public_reason,
        explanation=explanation(row) if row.state == CaseState.NOT_CHECKABLE else "",
        review=findings.finding(of_external_review(review)) if review is not None else None,
        merged_into=row.merged_into_id,
        sent=[
            schemas.MessageRow(text=one.text, asked=one.asked, first_asked=one.first_asked, last_asked=one.last_asked)
            for one in row.messages.order_by("-asked", "pk")[:_MESSAGES]
        ],
    )


@router.get(
    "/token",
    response=schemas.TokenState,
    **told(_("See what the token lets do"), scope=ANY),
)
def get_token(request: HttpRequest) -> schemas.TokenState:
    """Return what the token of the call is."""
    token = needs(request)
    publisher = schemas.Publisher(name=token.publisher_name, site=token.publisher_site)
    return schemas.TokenState(
        name=token.name,
        prefix=token.prefix,
        desk=token.desk.slug,
        scopes=token.scopes.split(),
        publisher=publisher if token.publisher_site else None,
        expires=token.expires,
        last_used=token.last_used,
    )


def _cases(desk: Desk) -> QuerySet[Case]:
    return Case.objects.filter(desk=desk).select_related("desk", "external_review")


def _row(case: Case) -> dict[str, Any]:
    prefix = "" if get_language() == settings.LANGUAGE_CODE else f"/{get_language()}"
    return {
        "id": case.pk,
        "title": case.title,
        "state": CaseState(case.state),
        "language": case.language,
        "nature": case.nature,
        "asked": case.asked,
        "messages": case.messages_count,
        "first_asked": case.first_asked,
        "last_asked": case.last_asked,
        "state_since": case.state_since,
        "check": case.fact_check_id,
        "url": f"{settings.KIEMTIN_ADDRESS}{prefix}/desk/{case.desk.slug}/cases/{case.pk}/",
    }
