"""What the tables themselves refuse, whatever writes to them."""

import pytest
from django.db import IntegrityError, connection, transaction

from kiemtin.checks.actions.publish import publish
from kiemtin.checks.enums import Part, RevisionKind, Stage
from kiemtin.checks.models import FactCheck, Hand, Revision, StoredCopy
from kiemtin.config.doctor.database import triggers_there

TRIGGERS = {
    "checks_revision_no_update",
    "checks_revision_no_delete",
    "accounts_deskpage_no_update",
    "accounts_deskpage_no_delete",
    "audit_event_no_update",
    "audit_event_no_delete",
    "checks_storedcopy_no_update",
    "checks_storedcopy_named_stays",
}


def refused(constraint=""):
    return pytest.raises(IntegrityError, match=constraint)


def update(row, **fields):
    with transaction.atomic():
        FactCheck.objects.filter(pk=row.pk).update(**fields)


def revise(row, **fields):
    """Write a revision past all actions: a copy of the last one under the next number."""
    names = [field.name for field in Revision._meta.fields if field.name != "id"]
    given = {name: getattr(row.latest, name) for name in names}
    given |= {"number": row.latest.number + 1, "kind": RevisionKind.CORRECTION, "note": "Vì sao."}
    with transaction.atomic():
        return Revision.objects.create(**(given | fields))


@pytest.mark.django_db
def test_the_triggers_are_there_after_all_migrations():
    assert triggers_there() >= TRIGGERS


def test_nobody_approves_their_own(submitted, checker, editor):
    row = submitted()
    with refused("approved_by_another"):
        update(row, stage=Stage.APPROVED, approver=checker)
    update(row, stage=Stage.APPROVED, approver=editor)


def test_approved_means_by_two(submitted, editor):
    row = submitted()
    with refused("approved_by_another"):
        update(row, stage=Stage.APPROVED)
    with refused("approved_by_another"):
        update(row, stage=Stage.APPROVED, author=None, approver=editor)


def test_an_edit_cannot_keep_the_approval(approved):
    row = approved()
    with refused("approval_only_while_approved"):
        update(row, stage=Stage.DRAFT)


def test_nobody_is_author_and_approver_of_a_round(approved, checker, editor):
    row = approved()
    for person, part in ((checker, Part.APPROVER), (editor, Part.AUTHOR)):
        with refused("_hand|author_or_approver_never_both"), transaction.atomic():
            Hand.objects.create(fact_check=row, round=row.round, person=person, part=part)


def test_what_is_public_has_a_revision(draft, published):
    with refused("public_has_revision"):
        update(draft(), public_state="published")
    row = published()
    with refused("public_has_revision"):
        update(row, latest=None)
    with refused("public_has_revision"):
        update(row, seq=0)
    with refused("public_has_revision"):
        update(row, public_state="unpublished", stage=Stage.DRAFT)


def test_a_draft_does_not_settle_unpublished(draft):
    with refused("settled_is_public"):
        update(draft(), stage=Stage.SETTLED)


def test_withdrawn_is_for_good(published):
    row = published()
    update(row, public_state="withdrawn")
    with refused("withdrawn_is_settled"):
        update(row, stage=Stage.DRAFT)


def test_one_version_a_language(published):
    published(work="toi")
    with refused("checks_factcheck.work|one_version_a_language"):
        published(work="toi")
    published(work="toi", language="en")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"source_count": 1}, "revision_has_evidence"),
        ({"independent_count": 0}, "revision_has_evidence"),
        ({"verdict": ""}, "revision_has_verdict"),
        ({"verdict": "not-checkable"}, "revision_has_verdict"),
        ({"note": ""}, "revision_says_why"),
        ({"note": "", "kind": RevisionKind.WITHDRAWAL}, "revision_says_why"),
        ({"number": 1}, "number"),
    ],
)
def test_a_revision_has_evidence_a_verdict_a_reason_and_its_own_number(published, fields, constraint):
    row = published()
    with refused(constraint):
        revise(row, **fields)
    assert revise(row).number == 2


def test_a_revision_is_by_two_people(published, checker):
    with refused("revision_by_two_people"):
        revise(published(), author=checker, approver=checker)


def test_a_revision_is_neither_saved_again_nor_deleted(published):
    revision = published().latest
    revision.claim = "Khác"
    with pytest.raises(TypeError):
        revision.save()
    with pytest.raises(TypeError):
        revision.delete()


def test_querysets_and_sql_do_not_get_round_it(published):
    published()
    with refused("append-only"), transaction.atomic():
        Revision.objects.update(claim="Khác")
    with refused("append-only"), transaction.atomic():
        Revision.objects.all()._raw_delete("default")
    for statement in ("UPDATE checks_revision SET claim = 'x'", "DELETE FROM checks_revision"):
        with refused("append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Revision.objects.get().claim == "Uống nước tỏi chữa khỏi Covid-19"


def test_the_words_for_both_halves_of_the_state(draft, published, corrected, checker):
    row = draft()
    assert (row.state, row.is_public, row.is_answer) == ("draft", False, False)
    row = published()
    assert (row.state, row.is_public, row.is_answer) == ("published", True, True)
    row = corrected(row)
    assert (row.state, row.is_public, row.is_answer) == ("corrected", True, True)
    row.public_state = "withdrawn"
    assert (row.state, row.is_public, row.is_answer) == ("withdrawn", True, False)


WHO = "https://example.org/who"


def test_of_a_copy_only_its_licence_changes(published, copy_of):
    copy_of(published(), WHO)
    StoredCopy.objects.update(licence="public", changed="2026-11-30T00:00:00Z")
    for fields in ({"sha256": "b" * 64}, {"taken": "2026-01-01T00:00:00Z"}, {"text": "Khác"}, {"method": "fetched"}):
        with refused("do not change"), transaction.atomic():
            StoredCopy.objects.update(**fields)


def test_a_copy_that_a_published_version_names_is_not_deleted(approved, copy_of, editor, ready_pages):
    row = approved()
    named, other = copy_of(row, WHO), copy_of(row, "https://example.org/khac", sha256="c" * 64)
    publish(fact_check=row, by=editor)
    other.delete()
    with refused("names this copy"), transaction.atomic():
        named.delete()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"size": 26214401}, "copy_is_bounded"),
        ({"licence": "perhaps"}, "copy_has_licence"),
        ({}, "one_row_a_copy|sha256"),
    ],
)
def test_a_copy_is_bounded_has_a_licence_and_stands_once(draft, copy_of, fields, constraint):
    row = draft()
    copy_of(row, WHO)
    with refused(constraint), transaction.atomic():
        copy_of(row, WHO, **(fields and fields | {"sha256": "d" * 64}))
