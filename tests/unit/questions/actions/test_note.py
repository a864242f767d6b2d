import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.questions.actions.note import note
from tests.unit.questions.making import make_case


def test_a_note_stays_out_of_the_log(desk, checker):
    case = make_case(desk)
    note(case=case, by=checker, text=" Đã gọi bệnh viện. ")
    assert [row.text for row in case.notes.all()] == ["Đã gọi bệnh viện."]
    assert Event.objects.get(verb="case.noted").detail == {}


def test_an_empty_note_is_none(desk, checker):
    with pytest.raises(EmptyTextError):
        note(case=make_case(desk), by=checker, text=" ")
