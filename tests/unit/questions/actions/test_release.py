from kiemtin.audit.models import Event
from kiemtin.questions.actions.release import release
from tests.unit.questions.making import make_case


def test_a_case_is_put_back(desk, checker, second_checker):
    case = release(case=make_case(desk, assignee=second_checker), by=checker)
    case.refresh_from_db()
    assert case.assignee is None
    assert Event.objects.get(verb="case.released").detail["held"] == second_checker.actor


def test_a_case_that_nobody_has_stays_as_it_is(desk, checker):
    release(case=make_case(desk), by=checker)
    assert not Event.objects.filter(verb="case.released").exists()
