import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import ConflictOfInterestError, EmptyTextError
from kiemtin.questions.actions.declare_conflict import declare_conflict
from kiemtin.questions.actions.take import take
from kiemtin.questions.models import Conflict
from tests.unit.questions.making import make_case


def test_a_declaration_puts_the_case_back_and_keeps_its_reason_out_of_the_log(desk, checker):
    case = make_case(desk, assignee=checker)
    declare_conflict(case=case, by=checker, reason="Em tôi làm ở đó.")
    case.refresh_from_db()
    assert case.assignee is None
    with pytest.raises(ConflictOfInterestError):
        take(case=case, by=checker)
    event = Event.objects.get(verb="case.conflict-declared")
    assert event.detail == {"released": True}


def test_it_leaves_a_case_with_the_one_who_has_it(desk, checker, second_checker):
    case = make_case(desk, assignee=second_checker)
    declare_conflict(case=case, by=checker, reason="Cổ đông.")
    case.refresh_from_db()
    assert case.assignee == second_checker


def test_declared_again_it_is_one_declaration_with_the_new_reason(desk, checker):
    case = make_case(desk)
    for reason in ("Cổ đông.", "Cổ đông và bạn."):
        declare_conflict(case=case, by=checker, reason=reason)
    assert Conflict.objects.get().reason == "Cổ đông và bạn."


def test_it_says_why(desk, checker):
    with pytest.raises(EmptyTextError):
        declare_conflict(case=make_case(desk), by=checker, reason="  ")
