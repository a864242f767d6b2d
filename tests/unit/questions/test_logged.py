import pytest

from kiemtin.audit.models import LogEntry
from kiemtin.audit.publiclog.entries import Entry, digest_of
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.reopen import reopen
from kiemtin.questions.logged import declined_content
from tests.unit.questions.making import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]


def entries():
    return [Entry.of_leaf(bytes(row.leaf)) for row in LogEntry.objects.all()]


def test_declining_and_reopening_are_entries(desk, editor):
    case = make_case(desk)
    row = decline(case=case, by=editor, reason="Chuyện riêng.")
    (found,) = entries()
    assert (found.kind, found.case, found.reason, found.desk) == ("declined", case.pk, "Chuyện riêng.", desk.slug)
    assert found.content == digest_of(declined_content(row))
    reopen(case=case, by=editor)
    assert [(one.kind, one.case, one.content) for one in entries()][1:] == [("reopened", case.pk, "")]


def test_the_title_and_the_messages_of_a_case_stay_out(desk, editor):
    decline(case=make_case(desk, title="Bà Lan ở số 5"), by=editor, reason="Chuyện riêng.")
    assert "Lan" not in bytes(LogEntry.objects.get().leaf).decode()


def test_a_case_that_was_not_declined_is_reopened_without_an_entry(desk, editor):
    case = make_case(desk)
    close_not_checkable(case=case, by=editor, nature="opinion")
    reopen(case=case, by=editor)
    assert entries() == []
