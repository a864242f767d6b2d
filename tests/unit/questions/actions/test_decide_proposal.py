import pytest

from kiemtin.checks.enums import Nature
from kiemtin.questions.actions.decide_proposal import decide_proposal
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.enums import Answered, CaseState, Decider, Decision, ReplyState
from kiemtin.questions.exceptions import CarriesVerdictError, CaseChangedError, NoCaseError
from kiemtin.questions.models import Match, Reply
from tests.unit.questions.making import make_case, make_message, make_review, publish_case, publish_check


def proposed(message, **target):
    return Match.objects.create(message=message, probability=0.6, band=Answered.MAYBE, **target)


def test_no_keeps_the_two_apart(desk, checker):
    source, target = make_case(desk), make_case(desk)
    match = decide_proposal(match=proposed(source.messages.get(), case=target), by=checker, yes=False)
    assert (match.decision, match.decider) == (Decision.NO, Decider.DESK)
    source.refresh_from_db()
    assert source.state == CaseState.OPEN


def test_yes_merges(desk, checker):
    source, target = make_case(desk), make_case(desk)
    match = decide_proposal(match=proposed(source.messages.get(), case=target), by=checker, yes=True)
    source.refresh_from_db()
    assert (source.state, source.merged_into, match.decision) == (CaseState.MERGED, target, Decision.YES)


def test_yes_goes_to_where_the_other_case_was_merged_meanwhile(desk, checker):
    source, middle, target = make_case(desk), make_case(desk), make_case(desk)
    match = proposed(source.messages.get(), case=middle)
    merge(source=middle, target=target, by=checker)
    decide_proposal(match=match, by=checker, yes=True)
    source.refresh_from_db()
    assert source.merged_into == target


def test_yes_to_where_it_is_already_only_notes_it(desk, checker):
    case = make_case(desk, messages=2)
    match = decide_proposal(match=proposed(case.messages.first(), case=case), by=checker, yes=True)
    assert match.decision == Decision.YES


def test_yes_carries_no_verdict_silently(desk, checker, editor, ready_pages):
    source, target = make_case(desk), make_case(desk, address=False)
    publish_case(target, author=checker, editor=editor)
    match = proposed(source.messages.get(), case=target)
    with pytest.raises(CarriesVerdictError):
        decide_proposal(match=match, by=editor, yes=True)
    match.refresh_from_db()
    assert match.decision == Decision.OPEN
    decide_proposal(match=match, by=editor, yes=True, tell_askers=True)
    assert Reply.objects.get().state == ReplyState.QUEUED


def test_yes_to_a_check_or_a_review_answers_with_it(desk, checker, editor, ready_pages):
    one, other = make_case(desk), make_case(desk, nature=Nature.FACT)
    check = publish_check(desk, author=checker, editor=editor).fact_check
    decide_proposal(match=proposed(one.messages.get(), fact_check=check), by=editor, yes=True)
    review = make_review()
    decide_proposal(match=proposed(other.messages.get(), external_review=review), by=editor, yes=True)
    one.refresh_from_db()
    other.refresh_from_db()
    assert one.merged_into.fact_check == check
    assert (other.state, other.external_review) == (CaseState.PUBLISHED, review)


def test_a_message_without_a_case_is_not_decided_on(desk, checker):
    with pytest.raises(NoCaseError):
        decide_proposal(match=proposed(make_message(), case=make_case(desk)), by=checker, yes=True)


def test_what_went_while_somebody_decided_is_not_decided_on(desk, checker):
    """The message was asked again meanwhile, and something nearer was found."""
    case = make_case(desk)
    match = proposed(case.messages.get(), case=make_case(desk))
    Match.objects.get(pk=match.pk).delete()
    with pytest.raises(CaseChangedError):
        decide_proposal(match=match, by=checker, yes=True)
    case.refresh_from_db()
    assert case.state == CaseState.OPEN
