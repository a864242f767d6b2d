import pytest

from kiemtin.checks.enums import Nature
from kiemtin.questions.actions.answer_with_review import answer_with_review
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.enums import CaseState, ReplyKind
from kiemtin.questions.exceptions import HasFactCheckError, NotAFactError, NotAnAnswerError
from kiemtin.questions.models import Reply
from tests.unit.questions.making import make_case, make_review


def test_those_who_asked_get_it_as_the_publishers(desk, editor):
    review = make_review()
    case = answer_with_review(case=make_case(desk, nature=Nature.FACT, requests=2), by=editor, external_review=review)
    case.refresh_from_db()
    assert (case.state, case.external_review, case.fact_check) == (CaseState.PUBLISHED, review, None)
    assert [(reply.kind, reply.external_review, reply.revision) for reply in Reply.objects.all()] == [
        (ReplyKind.ANSWER, review, None)
    ] * 2


def test_somebody_must_have_said_that_it_is_a_fact(desk, editor):
    for nature in ("", Nature.OPINION):
        with pytest.raises(NotAFactError):
            answer_with_review(case=make_case(desk, nature=nature), by=editor, external_review=make_review())


def test_not_with_a_withdrawn_one_and_not_beside_a_draft(desk, editor):
    case = make_case(desk, nature=Nature.FACT)
    with pytest.raises(NotAnAnswerError):
        answer_with_review(case=case, by=editor, external_review=make_review(withdrawn=True))
    start_draft(case=case, by=editor)
    with pytest.raises(HasFactCheckError):
        answer_with_review(case=case, by=editor, external_review=make_review())
    assert not Reply.objects.exists()
