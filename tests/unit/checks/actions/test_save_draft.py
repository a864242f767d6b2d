from dataclasses import replace

import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.exceptions import OwnWorkError, StaleVersionError
from kiemtin.checks.hands import has_written
from kiemtin.checks.models import FactCheck, Hand


def save(row, by, **fields):
    changed = replace(DraftContent.of(row), **fields)
    return save_draft(fact_check=row, by=by, version=row.version, content=changed)


def test_all_of_the_content_is_stored(draft, content):
    row = FactCheck.objects.get(pk=draft().pk)
    assert DraftContent.of(row) == content()
    assert row.version == 2
    assert [source.position for source in row.sources.all()] == [0, 1]


def test_sources_are_replaced_and_keep_their_order(draft, checker, content):
    row = draft()
    first, second = content().sources
    row = save(row, checker, sources=(second, replace(first, title="Khác")))
    assert [source.title for source in row.sources.all()] == [second.title, "Khác"]


def test_the_second_of_two_who_read_the_same_version_is_refused_and_nothing_is_lost(draft, checker, second_checker):
    row = draft()
    mine, theirs = FactCheck.objects.get(pk=row.pk), FactCheck.objects.get(pk=row.pk)
    save(mine, checker, claim="Của tôi")
    with pytest.raises(StaleVersionError) as error:
        save(theirs, second_checker, claim="Của bạn", sources=())
    assert error.value.params["version"] == 3
    row = FactCheck.objects.get(pk=row.pk)
    assert (row.claim, row.version, row.sources.count()) == ("Của tôi", 3, 2)
    assert not has_written(row, second_checker)


def test_a_save_that_changes_nothing_leaves_everything_as_it_is(approved, second_checker):
    row = approved()
    before = (list(FactCheck.objects.values()), Event.objects.count(), Hand.objects.count())
    # As a browser sends it back: other line ends, and an empty row of the form.
    body = row.body.replace("\n", "\r\n") + "\r\n"
    save(row, second_checker, body=body)
    assert (list(FactCheck.objects.values()), Event.objects.count(), Hand.objects.count()) == before


def test_a_save_may_be_sent_twice(draft, checker):
    row = draft()
    changed = replace(DraftContent.of(row), claim="Khác")
    for _ in range(2):  # the answer to the first was lost on its way
        again = save_draft(fact_check=row, by=checker, version=row.version, content=changed)
    assert again.version == 3


def test_any_edit_voids_the_submission(submitted, second_checker):
    row = save(submitted(), second_checker, summary="Khác.")
    assert row.stage == "draft"


@pytest.mark.parametrize("fields", [{"note": "x"}, {"sources": ()}, {"wordings": ("x",)}, {"topic": "other"}])
def test_any_edit_voids_the_approval(approved, second_checker, editor, fields):
    row = save(approved(), second_checker, **fields)
    row.refresh_from_db()
    assert (row.stage, row.approver) == ("draft", None)
    assert not Hand.objects.filter(person=editor).exists()


def test_all_who_edited_in_the_round_cannot_approve(draft, checker, editor, second_editor):
    row = save(draft(), editor, summary="Biên tập viên sửa.")
    row = save(row, checker, summary="Người kiểm chứng viết lại hết.")
    row = submit(fact_check=row, by=checker, version=row.version)
    with pytest.raises(OwnWorkError):
        approve(fact_check=row, by=editor, version=row.version)
    approve(fact_check=row, by=second_editor, version=row.version)


def test_an_approver_who_edits_has_become_an_author(approved, editor, second_editor):
    row = save(approved(), editor, claim="Sửa một chữ")
    row = submit(fact_check=row, by=editor, version=row.version)
    with pytest.raises(OwnWorkError):
        approve(fact_check=row, by=editor, version=row.version)
    assert approve(fact_check=row, by=second_editor, version=row.version).approver == second_editor


def test_the_log_names_fields_and_versions_and_no_content(draft, checker):
    save(draft(), checker, summary="Bí mật.", note="Vì sao.")
    detail = Event.objects.last().detail
    assert (detail["fields"], detail["version"]) == (["summary", "note"], 3)
    assert "Bí mật" not in str(detail)


def test_a_draft_may_have_gaps(draft):
    assert draft(claim="", sources=(), verdict="").stage == "draft"
