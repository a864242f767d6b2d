import pytest

from kiemtin.checks.exceptions import ConflictOfInterestError
from kiemtin.questions.actions.assign import assign
from kiemtin.questions.exceptions import CannotWorkError
from kiemtin.questions.models import Conflict
from tests.unit.questions.making import make_case


def test_a_case_goes_from_one_to_another(desk, checker, second_checker, editor):
    case = assign(case=make_case(desk, assignee=checker), person=second_checker, by=editor)
    case.refresh_from_db()
    assert case.assignee == second_checker


def test_it_is_given_to_nobody_who_could_not_take_it(desk, reader, outsider, checker, editor):
    case = make_case(desk)
    checker.is_active = False
    checker.save()
    for person in (reader, outsider, checker):
        with pytest.raises(CannotWorkError):
            assign(case=case, person=person, by=editor)


def test_it_is_not_given_to_who_declared_an_interest(desk, checker, editor):
    case = make_case(desk)
    Conflict.objects.create(case=case, person=checker, reason="Anh em.")
    with pytest.raises(ConflictOfInterestError):
        assign(case=case, person=checker, by=editor)
    case.refresh_from_db()
    assert case.assignee is None
