import pytest

from kiemtin.audit.models import Event
from kiemtin.questions.actions.take import take
from kiemtin.questions.exceptions import AlreadyTakenError
from tests.unit.questions.making import make_case


def test_who_takes_a_case_has_it(desk, checker):
    case = take(case=make_case(desk), by=checker)
    case.refresh_from_db()
    assert case.assignee == checker
    event = Event.objects.get(verb="case.assigned")
    assert (event.actor, event.object_id, event.detail) == (
        checker.actor,
        str(case.pk),
        {"to": checker.actor},
    )


def test_two_who_take_it_do_not_both_have_it(desk, checker, second_checker):
    case = make_case(desk)
    take(case=case, by=checker)
    with pytest.raises(AlreadyTakenError):
        take(case=case, by=second_checker)  # with the row as it was read before
    case.refresh_from_db()
    assert case.assignee == checker


def test_taking_ones_own_case_again_changes_nothing(desk, checker):
    case = take(case=make_case(desk), by=checker)
    assert take(case=case, by=checker).version == case.version
    assert Event.objects.filter(verb="case.assigned").count() == 1
