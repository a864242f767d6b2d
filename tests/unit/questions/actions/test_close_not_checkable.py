import pytest
from django.utils import translation

from kiemtin.checks.enums import Nature
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.enums import CaseState, ReplyKind
from kiemtin.questions.exceptions import FactError
from kiemtin.questions.explanations import EXPLANATIONS, explanation
from kiemtin.questions.models import Reply
from tests.unit.questions.making import make_case


@pytest.mark.parametrize("nature", sorted(set(Nature) - {Nature.FACT}))
def test_it_closes_without_a_rating_and_tells_why_kindly(nature, desk, checker):
    case = close_not_checkable(case=make_case(desk, messages=2, requests=2), by=checker, nature=nature)
    case.refresh_from_db()
    assert (case.state, case.nature) == (CaseState.NOT_CHECKABLE, nature)
    assert case.fact_check is None
    assert explanation(case) == EXPLANATIONS[nature]
    assert [reply.kind for reply in Reply.objects.all()] == [ReplyKind.NOT_CHECKABLE] * 4


def test_the_desks_own_words_come_first(desk, checker):
    case = close_not_checkable(case=make_case(desk), by=checker, nature=Nature.OPINION, note=" Đây là ý kiến. ")
    with translation.override("vi"):
        assert explanation(case) == "Đây là ý kiến."


def test_every_nature_but_a_fact_has_an_explanation():
    assert set(EXPLANATIONS) == set(Nature) - {Nature.FACT}


def test_a_fact_is_not_closed_so(desk, checker):
    case = make_case(desk)
    with pytest.raises(FactError):
        close_not_checkable(case=case, by=checker, nature=Nature.FACT)
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    assert not Reply.objects.exists()


def test_who_left_no_address_needs_no_reply(desk, checker):
    close_not_checkable(case=make_case(desk, address=False), by=checker, nature=Nature.SATIRE)
    assert not Reply.objects.exists()
