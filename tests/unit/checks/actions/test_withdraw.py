import pytest

from kiemtin.checks.actions.number_changes import last_change
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.exceptions import EmptyTextError, WrongStateError
from kiemtin.checks.models import FactCheck
from kiemtin.checks.signals import revision_published


def test_the_last_revision_says_why_and_keeps_the_content(published, corrected, editor, second_editor):
    row = corrected(published())
    before = row.latest
    revision = withdraw(fact_check=row, by=second_editor, note=" Nguồn chính đã rút. ")
    assert (revision.number, revision.kind, revision.note) == (3, "withdrawal", "Nguồn chính đã rút.")
    assert DraftContent.of_revision(revision) == DraftContent.of_revision(before)
    assert (revision.author, revision.approver) == (before.author, before.approver)
    assert (revision.authors, revision.changed_fields) == (before.authors, [])
    row = FactCheck.objects.get()
    assert (row.public_state, row.stage, row.latest) == ("withdrawn", "settled", revision)
    assert row.changed == revision.at
    assert row.seq == last_change() == 3
    assert row.is_public
    assert not row.is_answer


def test_a_correction_under_way_is_dropped(published, checker, editor, content):
    row = start_correction(fact_check=published(), by=checker)
    row = save_draft(fact_check=row, by=checker, version=row.version, content=content(claim="Khác", note="Vì sao."))
    withdraw(fact_check=row, by=editor, note="Sai từ đầu.")
    row = FactCheck.objects.get()
    assert DraftContent.of(row) == content()
    assert row.note == ""


def test_it_is_for_good(published, checker, editor):
    row = published()
    withdraw(fact_check=row, by=editor, note="Sai từ đầu.")
    with pytest.raises(WrongStateError):
        start_correction(fact_check=row, by=checker)
    with pytest.raises(WrongStateError):
        withdraw(fact_check=row, by=editor, note="Lần nữa.")


def test_without_a_note_it_stays(published, editor):
    row = published()
    with pytest.raises(EmptyTextError) as error:
        withdraw(fact_check=row, by=editor, note=" ")
    assert error.value.params["field"] == "note"
    row.refresh_from_db()
    assert row.public_state == "published"


def test_the_rooms_above_hear_of_it(published, editor):
    row, told = published(), []

    def hear(**given):
        told.append(given["revision"].kind)

    revision_published.connect(hear)
    try:
        withdraw(fact_check=row, by=editor, note="Sai từ đầu.")
    finally:
        revision_published.disconnect(hear)
    assert told == ["withdrawal"]
