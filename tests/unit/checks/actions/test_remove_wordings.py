import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.actions.add_wordings import add_wordings
from kiemtin.checks.actions.remove_wordings import remove_wordings
from kiemtin.checks.actions.start_fact_check import start_fact_check
from tests.unit.questions.making import publish_check


@pytest.fixture
def check(desk, checker, editor, ready_pages):
    row = publish_check(desk, author=checker, editor=editor).fact_check
    add_wordings(fact_check=row, texts=["Uống nước chanh", "Chanh nóng khỏi bệnh"], by="test")
    row.refresh_from_db()
    return row


def test_a_text_is_forgotten_whatever_its_case_and_the_index_learns_of_it(check):
    seq = check.seq
    assert remove_wordings(fact_check=check, texts=["UỐNG  nước chanh", "chưa từng có"], by="test") == 1
    assert [wording.text for wording in check.known_wordings.all()] == ["Chanh nóng khỏi bệnh"]
    check.refresh_from_db()
    assert check.seq > seq
    assert Event.objects.get(verb="check.wordings-removed").detail == {"count": 1}


def test_where_there_is_nothing_to_forget_nothing_changes(check):
    seq = check.seq
    assert remove_wordings(fact_check=check, texts=["chưa từng có"], by="test") == 0
    check.refresh_from_db()
    assert check.seq == seq
    assert not Event.objects.filter(verb="check.wordings-removed").exists()


def test_a_draft_has_no_change_number(desk, checker):
    draft = start_fact_check(desk=desk, by=checker)
    add_wordings(fact_check=draft, texts=["Uống nước chanh"], by="test")
    assert remove_wordings(fact_check=draft, texts=["Uống nước chanh"], by="test") == 1
    draft.refresh_from_db()
    assert draft.seq == 0
