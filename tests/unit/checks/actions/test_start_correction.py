import pytest

from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.exceptions import OwnWorkError
from kiemtin.checks.hands import has_written


def test_a_new_round_begins_with_what_is_public(published, content, second_checker):
    row = published()
    version = row.version
    row = start_correction(fact_check=row, by=second_checker)
    row.refresh_from_db()
    assert (row.stage, row.round, row.public_state) == ("draft", 2, "published")
    assert (row.claim, row.note, row.remarks) == (content().claim, "", "")
    assert row.version > version
    assert not has_written(row, second_checker)


def test_the_public_sees_nothing_of_it(published, checker, content):
    row = start_correction(fact_check=published(), by=checker)
    row = save_draft(fact_check=row, by=checker, version=row.version, content=content(claim="Khác"))
    row.refresh_from_db()
    assert (row.claim, row.latest.claim) == ("Khác", content().claim)
    assert row.slug == "uong-nuoc-toi-chua-khoi-covid-19"


def test_parts_are_given_anew_each_round(published, editor, second_editor, content):
    """Who approved the first may write the correction; then they are its author, and another approves."""
    row = start_correction(fact_check=published(), by=editor)
    row = save_draft(fact_check=row, by=editor, version=row.version, content=content(summary="Khác.", note="Vì sao."))
    row = submit(fact_check=row, by=editor, version=row.version)
    with pytest.raises(OwnWorkError):
        approve(fact_check=row, by=editor, version=row.version)
    assert approve(fact_check=row, by=second_editor, version=row.version).approver == second_editor
