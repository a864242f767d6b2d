"""Makes fact-checks that are public, straight in the tables: for rooms that only read them."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from kiemtin.accounts.models import Desk, User
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.enums import PublicState, RevisionKind, Stage
from kiemtin.checks.models import FactCheck, Revision

SOURCES = [{"title": "Báo cáo", "publisher": "Viện", "url": "https://example.org/1"}, {"title": "Thông báo"}]


def desk_of(slug: str = "ban-tin", **fields: object) -> Desk:
    given = {"name": "Bàn Tin", "is_intake": True} | fields
    return Desk.objects.get_or_create(slug=slug, defaults=given)[0]


def person(name: str) -> User:
    return User.objects.get_or_create(email=f"{name}@desk.example", defaults={"name": name})[0]


def revise(
    check: FactCheck, kind: RevisionKind = RevisionKind.CORRECTION, note: str = "Sửa một con số.", **fields: object
) -> Revision:
    """Publish the next revision of a check as it is in the working copy."""
    number = check.revisions.count() + 1
    revision = Revision.objects.create(
        fact_check=check,
        number=number,
        kind=kind,
        note="" if kind == RevisionKind.FIRST else note,
        **({"claim": check.claim, "verdict": check.verdict, "summary": check.summary, "body": check.body} | fields),
        topic=check.topic,
        language=check.language,
        wordings=check.wordings,
        sources=SOURCES,
        source_count=2,
        independent_count=1,
        author=person("an"),
        approver=person("binh"),
    )
    states = {RevisionKind.FIRST: PublicState.PUBLISHED, RevisionKind.WITHDRAWAL: PublicState.WITHDRAWN}
    with transaction.atomic():
        (check.seq,) = number_changes(count=1)
        check.latest, check.stage = revision, Stage.SETTLED
        check.public_state = states.get(kind, PublicState.CORRECTED)
        check.published = check.published or timezone.now()
        check.save()
    return revision


def published(claim: str, **fields: Any) -> FactCheck:
    """Publish a check."""
    desk = fields.pop("desk", None) or desk_of()
    given = {"language": "vi", "verdict": "false", "summary": "Không đúng.", "body": "…", "topic": "health"} | fields
    check = FactCheck.objects.create(desk=desk, claim=claim, **given)
    revise(check, RevisionKind.FIRST)
    return check


def withdraw(check: FactCheck, note: str = "Nguồn chính sai.") -> Revision:
    """Withdraw a check."""
    return revise(check, RevisionKind.WITHDRAWAL, note)
