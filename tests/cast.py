"""The cast: a desk, the people in it, one from outside, and what they work on. Every room's tests use it.

reader, checker, second_checker, editor, second_editor and administrator work at `desk`; `outsider` is an editor at
`other_desk` and nothing here. `content`, `draft`, `submitted`, `approved`, `published` and `corrected` make
fact-checks.
"""

import datetime as dt
import itertools
from dataclasses import replace
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password

from kiemtin.accounts.enums import REQUIRED_PAGES, Role
from kiemtin.accounts.models import Desk, DeskPage, Membership, User
from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.publish_alert import publish_alert
from kiemtin.checks.actions.save_alert import save_alert
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.start_alert import start_alert
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.start_fact_check import start_fact_check
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.submit_alert import submit_alert
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.completeness import same_page
from kiemtin.checks.copy_store import put
from kiemtin.checks.draft import DraftContent, SourceContent
from kiemtin.checks.enums import Part, PublicState, RevisionKind, Stage
from kiemtin.checks.models import AlertRevision, FactCheck, Hand, Revision, ScamAlert, Source, StoredCopy
from kiemtin.staff.actions.write_page import write_page
from tests import publishing

PASSWORD = "mat-khau-thu-nghiem"


@cache
def _hashed():
    """Hash it once: that is slow on purpose."""
    return make_password(PASSWORD)


@pytest.fixture
def desk(db):
    return Desk.objects.create(slug="nguon-that", name="Nguồn Thật", language="vi", is_intake=True)


@pytest.fixture
def other_desk(db):
    return Desk.objects.create(slug="tin-khac", name="Tin Khác", language="vi")


@pytest.fixture
def member():
    """Make a person with a role in a desk."""

    def make(name, role, desk):
        email = f"nguoi{User.objects.count() + 1}@example.org"
        user = User.objects.create(email=email, name=name, password=_hashed())
        Membership.objects.create(user=user, desk=desk, role=role)
        return user

    return make


@pytest.fixture
def reader(member, desk):
    return member("Đọc Giả", Role.READER, desk)


@pytest.fixture
def checker(member, desk):
    return member("Lan Phạm", Role.CHECKER, desk)


@pytest.fixture
def second_checker(member, desk):
    return member("Minh Đỗ", Role.CHECKER, desk)


@pytest.fixture
def editor(member, desk):
    return member("Hà Trần", Role.EDITOR, desk)


@pytest.fixture
def second_editor(member, desk):
    return member("Quang Lê", Role.EDITOR, desk)


@pytest.fixture
def administrator(member, desk):
    return member("Thu Vũ", Role.ADMINISTRATOR, desk)


@pytest.fixture
def outsider(member, other_desk):
    return member("Ngoài Cuộc", Role.EDITOR, other_desk)


@pytest.fixture
def ready_pages(desk):
    """Fill the required pages of `desk`; call it to fill those of another desk or language."""

    def fill(desk, language=""):
        language = language or desk.language
        writer = User.objects.filter(memberships__desk=desk).first() or User.objects.create_user(
            email=f"trang-{desk.slug}@example.org", name="Người Viết Trang"
        )
        for kind in REQUIRED_PAGES:
            key = {"desk": desk, "kind": kind, "language": language, "number": 1}
            if not DeskPage.objects.filter(**key).exists():
                DeskPage.objects.create(**key, body=f"## {kind}\n\nChúng tôi làm thế này.", by=writer)
        return desk

    fill(desk)
    return fill


@pytest.fixture
def logged_pages(desk, editor):
    """Write the required pages of `desk` as an editor does: the entries 0 to 2 of the public log."""
    for kind in REQUIRED_PAGES:
        body = f"## {kind}\n\nChúng tôi làm thế này."
        write_page(desk=desk, kind=kind, language="vi", body=body, by=editor, expected_number=0)


@pytest.fixture
def content():
    """Make complete content of a fact-check; fields that a test gives replace it."""

    def make(**fields):
        given = {
            "claim": "Uống nước tỏi chữa khỏi Covid-19",
            "verdict": "false",
            "summary": "Không có nghiên cứu nào cho thấy tỏi chữa được Covid-19.",
            "body": "Tỏi là thức ăn tốt.\n\nNó không diệt virus **trong người**.",
            "topic": "health",
            "wordings": ("Ăn tỏi sống là hết Covid",),
            "sources": (
                SourceContent(
                    title="Giải đáp về Covid-19",
                    publisher="Tổ chức Y tế Thế giới",
                    url="https://example.org/who",
                    kind="primary",
                    interest="independent",
                    shows="Tỏi không chữa được bệnh.",
                    accessed=dt.date(2026, 11, 20),
                ),
                SourceContent(
                    title="Sự thật về tỏi",
                    publisher="Báo Sức Khỏe",
                    url="https://example.org/bao",
                    interest="independent",
                    shows="Bác sĩ nói không có bằng chứng.",
                    accessed=dt.date(2026, 11, 21),
                ),
            ),
        }
        return DraftContent(**(given | fields))

    return make


@pytest.fixture
def draft(desk, checker, content):
    """Make a draft by the checker, complete unless a test gives other fields."""

    def make(*, desk=desk, by=checker, language=None, work="", **fields):
        empty = start_fact_check(desk=desk, by=by, language=language, work=work)
        return save_draft(fact_check=empty, by=by, version=empty.version, content=content(**fields))

    return make


@pytest.fixture
def submitted(draft, checker):
    """Make a draft that the checker submitted; fields as in `draft`."""

    def make(*, by=checker, **fields):
        row = draft(by=by, **fields)
        return submit(fact_check=row, by=by, version=row.version)

    return make


@pytest.fixture
def approved(submitted, editor):
    """Make a submitted draft that the editor approved; fields as in `draft`."""

    def make(*, approver=editor, **fields):
        row = submitted(**fields)
        return approve(fact_check=row, by=approver, version=row.version)

    return make


@pytest.fixture
def published(approved, editor, ready_pages):
    """Make a fact-check that the checker wrote and the editor approved and published; fields as in `draft`."""

    def make(*, approver=editor, **fields):
        row = approved(approver=approver, **fields)
        ready_pages(row.desk)
        return publish(fact_check=row, by=approver).fact_check

    return make


@pytest.fixture
def corrected(checker, editor):
    """Correct a published fact-check: the checker writes, the editor approves and publishes. Returns the fact-check."""

    def make(fact_check, *, note="Sửa một chỗ sai.", **fields):
        row = start_correction(fact_check=fact_check, by=checker)
        changed = replace(DraftContent.of(row), note=note, **(fields or {"summary": f"{row.summary} Đã sửa."}))
        row = save_draft(fact_check=row, by=checker, version=row.version, content=changed)
        row = submit(fact_check=row, by=checker, version=row.version)
        row = approve(fact_check=row, by=editor, version=row.version)
        return publish(fact_check=row, by=editor).fact_check

    return make


# Every state and every role, for the tests that walk the table of the workflow.

CHECK_STATES = [
    (stage, public)
    for stage, public in itertools.product(Stage, PublicState)
    if not (stage == Stage.SETTLED and public == PublicState.UNPUBLISHED)
    and not (public == PublicState.WITHDRAWN and stage != Stage.SETTLED)
]
ROLES = ["", "elsewhere", *Role]


@pytest.fixture
def put_check(desk, content, checker, editor):
    """Put a complete fact-check straight into a state, as if the checker wrote it and the editor approved."""

    def make(stage, public):
        given = content(note="" if public == PublicState.UNPUBLISHED else "Sửa tóm tắt.")
        texts = {name: getattr(given, name) for name in ("claim", "verdict", "summary", "body", "topic", "note")}
        people = {
            "author": checker if stage in (Stage.SUBMITTED, Stage.APPROVED) else None,
            "approver": editor if stage == Stage.APPROVED else None,
        }
        row = FactCheck.objects.create(desk=desk, **texts, wordings=list(given.wordings))
        for position, source in enumerate(given.sources):
            fields = {name: getattr(source, name) for name in source.__slots__}
            Source.objects.create(fact_check=row, position=position, **fields)
        Hand.objects.create(fact_check=row, round=1, person=checker, part=Part.AUTHOR)
        if stage == Stage.APPROVED:
            Hand.objects.create(fact_check=row, round=1, person=editor, part=Part.APPROVER)
        latest = None if public == PublicState.UNPUBLISHED else _revision(row, given, checker, editor)
        FactCheck.objects.filter(pk=row.pk).update(
            stage=stage, public_state=public, latest=latest, seq=1 if latest else 0, **people
        )
        row.refresh_from_db()
        return row

    return make


def _revision(row, given, author, approver):
    return Revision.objects.create(
        fact_check=row,
        number=1,
        kind=RevisionKind.FIRST,
        claim=given.claim,
        verdict=given.verdict,
        summary="Tóm tắt cũ.",
        body=given.body,
        topic=given.topic,
        language="vi",
        wordings=[],
        sources=[source.to_json() for source in given.sources],
        source_count=2,
        independent_count=2,
        author=author,
        approver=approver,
        authors=[author.name],
    )


ALERT_STATES = [(stage, public) for stage, public in CHECK_STATES if stage != Stage.APPROVED]


@pytest.fixture
def put_alert(desk, checker, editor):
    """Put a complete alert straight into a state, as if the checker wrote it; it gathers one published check."""

    def make(stage, public, **fields):
        check = publishing.published("Ngân hàng nhắn tin xin mã OTP", desk=desk, verdict="scam", topic="scam")
        given = {"title": "Giả ngân hàng xin mã OTP", "text": "Kẻ gian **xin mã**.", "checks": [check.pk]} | fields
        is_public = public != PublicState.UNPUBLISHED
        row = ScamAlert.objects.create(desk=desk, **given, note="Thêm một dấu hiệu." if is_public else "")
        if stage != Stage.SETTLED:
            row.writers.add(checker)
        latest = None
        if is_public:
            latest = AlertRevision.objects.create(
                alert=row,
                number=1,
                kind=RevisionKind.FIRST,
                title=given["title"],
                text="Bản trước." if stage != Stage.SETTLED else given["text"],
                language="vi",
                checks=[check.pk],
                author=checker,
                approver=editor,
                authors=[checker.name],
            )
            row.gathered.add(check)
        ScamAlert.objects.filter(pk=row.pk).update(
            stage=stage,
            public_state=public,
            latest=latest,
            author=checker if stage == Stage.SUBMITTED else None,
            published=latest.at if latest else None,
            changed=latest.at if latest else None,
        )
        row.refresh_from_db()
        return row

    return make


@pytest.fixture
def alert(desk, checker):
    """Make a draft of an alert by the checker; it gathers one published check unless a test gives others."""

    def make(*, by=checker, **fields):
        checks = fields.pop("checks", None)
        if checks is None:
            made = publishing.published("Ngân hàng nhắn tin xin mã OTP", desk=desk, verdict="scam", topic="scam")
            checks = (made.pk,)
        given = {"title": "Giả ngân hàng xin mã OTP", "text": "Kẻ gian **xin mã**."} | fields
        return start_alert(desk=desk, by=by, content=AlertContent(checks=tuple(checks), **given))

    return make


@pytest.fixture
def published_alert(alert, checker, editor, ready_pages):
    """Make an alert that the checker wrote and the editor published; fields as in `alert`."""

    def make(**fields):
        row = alert(**fields)
        row = submit_alert(alert=row, by=checker, version=row.version)
        return publish_alert(alert=row, by=editor, version=row.version).alert

    return make


@pytest.fixture
def corrected_alert(checker, editor):
    """Correct a published alert: the checker writes, the editor publishes. Returns the alert."""

    def make(row, *, note="Thêm một dấu hiệu.", **changes):
        given = {"title": row.title, "text": f"{row.text} Và xin cả mật khẩu.", "checks": tuple(row.checks)}
        content = AlertContent(**(given | changes), note=note)
        row = save_alert(alert=row, by=checker, version=row.version, content=content)
        row = submit_alert(alert=row, by=checker, version=row.version)
        return publish_alert(alert=row, by=editor, version=row.version).alert

    return make


@pytest.fixture
def copy_of(data):
    """Store a copy of a source of a fact-check; `content` becomes its file, fields replace those of a PDF."""

    def make(fact_check, url, *, content=None, **fields):
        given = {"media_type": "application/pdf", "method": "uploaded", "sha256": "a" * 64, "size": 8}
        if content is not None:
            kept = put(content)
            given |= {"sha256": kept.sha256, "size": kept.size}
        return StoredCopy.objects.create(fact_check=fact_check, page=same_page(url), url=url, **(given | fields))

    return make


@pytest.fixture
def someone(desk, other_desk, member):
    """A person for each role, none of whom wrote anything: nobody's own work stands in the way here."""

    def make(role):
        if role == "elsewhere":
            return member("Ở nơi khác", Role.ADMINISTRATOR, other_desk)
        person = member(f"Người {role}", role or Role.READER, desk)
        if not role:
            Membership.objects.filter(user=person).delete()
        return person

    return make
