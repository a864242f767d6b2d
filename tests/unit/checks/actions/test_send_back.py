import pytest

from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.send_back import send_back
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.checks.models import Hand


def test_it_is_a_draft_again_with_what_is_to_be_mended(submitted, editor, checker):
    row = send_back(fact_check=submitted(), by=editor, remarks=" Thêm nguồn. ")
    row.refresh_from_db()
    assert (row.stage, row.remarks, row.author) == ("draft", "Thêm nguồn.", checker)


def test_the_reviewer_of_the_next_version_still_reads_the_remarks(submitted, editor, checker):
    row = send_back(fact_check=submitted(), by=editor, remarks="Thêm nguồn.")
    row = submit(fact_check=row, by=checker, version=row.version)
    assert row.remarks == "Thêm nguồn."


def test_an_approval_is_taken_back(approved, editor, second_editor):
    row = send_back(fact_check=approved(), by=second_editor, remarks="Khoan đã.")
    row.refresh_from_db()
    assert (row.stage, row.approver) == ("draft", None)
    assert not Hand.objects.filter(person=editor).exists()


def test_who_sent_back_may_approve_later(submitted, editor, checker):
    row = send_back(fact_check=submitted(), by=editor, remarks="Thêm nguồn.")
    row = submit(fact_check=row, by=checker, version=row.version)
    assert approve(fact_check=row, by=editor, version=row.version).approver == editor


@pytest.mark.parametrize("remarks", ["", " \n"])
def test_without_remarks_nothing_is_sent_back(submitted, editor, remarks):
    row = submitted()
    with pytest.raises(EmptyTextError) as error:
        send_back(fact_check=row, by=editor, remarks=remarks)
    assert error.value.params["field"] == "remarks"
    row.refresh_from_db()
    assert row.stage == "submitted"
