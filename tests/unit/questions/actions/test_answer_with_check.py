import pytest

from kiemtin.checks.actions.start_fact_check import start_fact_check
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.enums import Nature
from kiemtin.checks.exceptions import ConflictOfInterestError
from kiemtin.questions.actions.answer_with_check import answer_with_check
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.enums import CaseState, ReplyKind
from kiemtin.questions.exceptions import HasFactCheckError, NotAFactError, NotAnAnswerError, OtherDeskError
from kiemtin.questions.models import Case, Conflict, Reply
from tests.unit.questions.making import make_case, publish_case, publish_check


@pytest.fixture
def revision(desk, checker, second_editor, ready_pages):
    return publish_check(desk, author=checker, editor=second_editor)


def test_the_case_becomes_part_of_the_checks_case_and_all_are_told(desk, editor, revision):
    case = make_case(desk, messages=2, requests=2)
    texts = set(case.messages.values_list("text", flat=True))
    answer_with_check(case=case, fact_check=revision.fact_check, by=editor)
    home = Case.objects.get(fact_check=revision.fact_check)
    case.refresh_from_db()
    assert (case.state, case.merged_into) == (CaseState.MERGED, home)
    assert (home.state, home.nature, home.title, home.asked) == (CaseState.PUBLISHED, Nature.FACT, revision.claim, 4)
    assert {(reply.kind, reply.revision, reply.case) for reply in Reply.objects.all()} == {
        (ReplyKind.ANSWER, revision, home)
    }
    assert Reply.objects.count() == 4
    assert set(revision.fact_check.known_wordings.values_list("text", flat=True)) == texts


def test_a_case_that_is_there_is_used(desk, checker, editor, second_editor, ready_pages):
    home = make_case(desk)
    publish_case(home, author=checker, editor=second_editor)
    case = make_case(desk)
    assert answer_with_check(case=case, fact_check=home.fact_check, by=editor).target == home


def test_only_what_stands_is_an_answer(desk, checker, editor, revision):
    case = make_case(desk)
    with pytest.raises(NotAnAnswerError):
        answer_with_check(case=case, fact_check=start_fact_check(desk=desk, by=checker), by=editor)
    withdraw(fact_check=revision.fact_check, by=editor, note="Nguồn đã rút.")
    with pytest.raises(NotAnAnswerError):
        answer_with_check(case=case, fact_check=revision.fact_check, by=editor)
    assert not Reply.objects.exists()


def test_only_a_check_of_the_desk(other_desk, outsider, editor, revision):
    case = make_case(other_desk)
    with pytest.raises(OtherDeskError):
        answer_with_check(case=case, fact_check=revision.fact_check, by=outsider)


def test_not_what_has_a_draft_or_is_no_fact(desk, checker, editor, revision):
    drafted = make_case(desk, nature=Nature.FACT)
    start_draft(case=drafted, by=checker)
    with pytest.raises(HasFactCheckError):
        answer_with_check(case=drafted, fact_check=revision.fact_check, by=editor)
    with pytest.raises(NotAFactError):
        answer_with_check(case=make_case(desk, nature=Nature.BELIEF), fact_check=revision.fact_check, by=editor)


def test_an_interest_in_the_checks_case_counts(desk, checker, editor, second_editor, ready_pages):
    home = make_case(desk)
    publish_case(home, author=checker, editor=second_editor)
    Conflict.objects.create(case=home, person=editor, reason="Cổ đông.")
    with pytest.raises(ConflictOfInterestError):
        answer_with_check(case=make_case(desk), fact_check=home.fact_check, by=editor)
