import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.enums import CaseState, ReplyKind
from kiemtin.questions.models import Reply
from tests.unit.questions.making import make_case


def test_it_says_publicly_why_and_tells_who_asked(desk, editor):
    case = decline(case=make_case(desk, requests=3), by=editor, reason=" Ngoài phạm vi. ")
    case.refresh_from_db()
    assert (case.state, case.public_reason) == (CaseState.DECLINED, "Ngoài phạm vi.")
    assert [reply.kind for reply in Reply.objects.all()] == [ReplyKind.DECLINED] * 3
    assert Event.objects.get(verb="case.declined").detail == {"told": 3}


def test_without_a_reason_nothing_is_declined(desk, editor):
    case = make_case(desk)
    with pytest.raises(EmptyTextError):
        decline(case=case, by=editor, reason="\n")
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
