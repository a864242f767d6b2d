import pytest

from kiemtin.checks.enums import Nature
from kiemtin.questions.actions.say_nature import say_nature
from kiemtin.questions.models import Reply
from tests.unit.questions.making import make_case


@pytest.mark.parametrize("nature", Nature)
def test_the_first_question_is_answered_and_nobody_is_told(nature, desk, checker):
    case = say_nature(case=make_case(desk), by=checker, nature=nature)
    case.refresh_from_db()
    assert (case.nature, case.state) == (nature, "open")
    assert not Reply.objects.exists()


def test_a_nature_is_one_of_the_list(desk, checker):
    with pytest.raises(ValueError, match="rumour"):
        say_nature(case=make_case(desk), by=checker, nature="rumour")
