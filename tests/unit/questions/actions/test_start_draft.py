import pytest

from kiemtin.checks.enums import Nature
from kiemtin.checks.hands import has_written
from kiemtin.checks.models import FactCheck
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.enums import CaseState
from kiemtin.questions.exceptions import HasFactCheckError, NotAFactError
from tests.unit.questions.making import make_case


def test_the_case_goes_to_work_and_to_who_started(desk, checker):
    case = make_case(desk, nature=Nature.FACT)
    check = start_draft(case=case, by=checker)
    case.refresh_from_db()
    assert (case.state, case.fact_check, case.assignee) == (CaseState.IN_PROGRESS, check, checker)
    assert (check.desk, check.language) == (desk, "vi")


def test_who_has_the_case_keeps_it_and_who_only_started_may_still_approve(desk, checker, editor):
    case = make_case(desk, nature=Nature.FACT, assignee=checker)
    check = start_draft(case=case, by=editor)
    case.refresh_from_db()
    assert case.assignee == checker
    assert not has_written(check, editor)


@pytest.mark.parametrize("nature", ["", *sorted(set(Nature) - {Nature.FACT})])
def test_only_what_was_said_to_be_a_fact_is_checked(nature, desk, checker):
    with pytest.raises(NotAFactError):
        start_draft(case=make_case(desk, nature=nature), by=checker)
    assert not FactCheck.objects.exists()


def test_a_case_has_one_check(desk, checker):
    case = make_case(desk, nature=Nature.FACT)
    start_draft(case=case, by=checker)
    with pytest.raises(HasFactCheckError):
        start_draft(case=case, by=checker)
