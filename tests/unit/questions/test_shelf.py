import pytest

from kiemtin.matching.actions.follow import follow, is_behind
from kiemtin.matching.folder import index_folder
from kiemtin.questions.enums import CaseState
from kiemtin.questions.models import Case, Message
from kiemtin.questions.shelf import MESSAGES, entry_id, message_pk, renumber
from kiemtin.retrieval import Index


@pytest.fixture
def cases(desk):
    return [Case.objects.create(desk=desk, title=str(number)) for number in range(2)]


@pytest.fixture
def message(cases):
    row = Message.objects.create(digest="1", text="Gọi [phone] nhận quà", case=cases[0])
    renumber([row.pk])
    return row


def found(message):
    follow(encoder=None, shelf=MESSAGES)
    with Index.open(index_folder(MESSAGES), encoder=None) as index:
        return index.get(entry_id(message.pk))


def test_a_message_is_found_by_its_case(message, cases):
    assert is_behind(MESSAGES)
    record = found(message)
    assert (record.title, record.work, record.wordings) == ("Gọi   nhận quà", f"case:{cases[0].pk}", ())
    assert not is_behind(MESSAGES)
    assert message_pk(record.id) == message.pk


def test_it_moves_with_its_case_and_goes_when_it_has_none(message, cases):
    found(message)
    Message.objects.update(case=cases[1])
    renumber([message.pk])
    assert found(message).work == f"case:{cases[1].pk}"
    Message.objects.update(case=None)
    renumber([message.pk])
    assert found(message) is None


@pytest.mark.parametrize("state", [CaseState.NOT_CHECKABLE, CaseState.DECLINED])
def test_in_a_decided_case_it_stays_to_be_found(message, cases, state):
    Case.objects.filter(pk=cases[0].pk).update(state=state, nature="opinion", public_reason="Quá cũ.")
    assert found(message) is not None


def test_in_a_merged_case_it_is_not_found(message, cases):
    Case.objects.filter(pk=cases[0].pk).update(state=CaseState.MERGED, merged_into=cases[1])
    assert found(message) is None


def test_messages_are_numbered_each_for_itself(cases, django_assert_max_num_queries):
    rows = [Message.objects.create(digest=str(number), text="x", case=cases[0]) for number in range(5)]
    with django_assert_max_num_queries(6):
        renumber([row.pk for row in rows])
    seqs = list(Message.objects.order_by("pk").values_list("seq", flat=True))
    assert seqs == [1, 2, 3, 4, 5]
    assert [entry.id for entry in MESSAGES.changes(2, 2)] == [entry_id(rows[2].pk), entry_id(rows[3].pk)]
    assert (MESSAGES.count(2), MESSAGES.last()) == (3, 5)
    renumber([])
    assert MESSAGES.last() == 5
