import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.enums import Nature
from kiemtin.checks.exceptions import ConflictOfInterestError, NotAllowedError, WrongStateError
from kiemtin.questions.actions.close_not_checkable import close_not_checkable
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.counters import counters
from kiemtin.questions.enums import CaseState, ChangeKind, ReplyKind
from kiemtin.questions.exceptions import (
    CarriesVerdictError,
    HasFactCheckError,
    NotAnAnswerError,
    OtherDeskError,
    SameCaseError,
)
from kiemtin.questions.models import Conflict, Reply
from tests.unit.questions.making import make_case, publish_case


def refresh(*cases):
    for case in cases:
        case.refresh_from_db()


def test_all_messages_go_over_and_are_counted(desk, checker):
    source, target = make_case(desk, messages=2, requests=3), make_case(desk, requests=2)
    change = merge(source=source, target=target, by=checker)
    refresh(source, target)
    assert (source.state, source.merged_into) == (CaseState.MERGED, target)
    assert (source.asked, source.messages_count) == (0, 0)
    assert (target.state, target.asked, target.messages_count) == (CaseState.OPEN, 8, 3)
    for case in (source, target):
        assert {name: getattr(case, name) for name in counters(case)} == counters(case)
    assert (change.kind, change.source, change.target, change.state_before) == (
        ChangeKind.MERGE,
        source,
        target,
        CaseState.OPEN,
    )
    assert change.messages.count() == 2
    assert not Reply.objects.exists()
    detail = Event.objects.get(verb="case.merged").detail
    assert detail == {"into": target.pk, "messages": 2, "told": 0, "state": "open"}


def decided_by(how, desk, checker, editor):
    case = make_case(desk, address=False)
    if how == "published":
        publish_case(case, author=checker, editor=editor)
    elif how == "declined":
        decline(case=case, by=editor, reason="Ngoài phạm vi.")
    else:
        close_not_checkable(case=case, by=checker, nature=Nature.SATIRE)
    case.refresh_from_db()
    return case


DECIDED = {
    "published": ReplyKind.ANSWER,
    "declined": ReplyKind.DECLINED,
    "not-checkable": ReplyKind.NOT_CHECKABLE,
}


@pytest.mark.parametrize("how", DECIDED)
def test_no_outcome_goes_over_silently(how, desk, checker, editor, ready_pages):
    target, source = decided_by(how, desk, checker, editor), make_case(desk, requests=2)
    with pytest.raises(CarriesVerdictError):
        merge(source=source, target=target, by=editor)
    refresh(source, target)
    assert (source.state, source.messages_count, target.messages_count) == (CaseState.OPEN, 1, 1)
    assert not Reply.objects.exists()


@pytest.mark.parametrize("how", DECIDED)
def test_an_editor_may_say_expressly_that_they_are_told(how, desk, checker, editor, ready_pages):
    target, source = decided_by(how, desk, checker, editor), make_case(desk, requests=2)
    with pytest.raises(NotAllowedError):
        merge(source=source, target=target, by=checker, tell_askers=True)
    merge(source=source, target=target, by=editor, tell_askers=True)
    replies = Reply.objects.filter(request__message__case=target)
    assert [(reply.kind, reply.case) for reply in replies] == [(DECIDED[how], target)] * 2


def test_texts_told_of_a_check_become_its_wordings(desk, checker, editor, ready_pages):
    target, source = decided_by("published", desk, checker, editor), make_case(desk)
    text = source.messages.get().text
    seq = target.fact_check.seq
    merge(source=source, target=target, by=editor, tell_askers=True)
    target.fact_check.refresh_from_db()
    assert text in target.fact_check.known_wordings.values_list("text", flat=True)
    assert target.fact_check.seq > seq


def test_into_an_undecided_case_nobody_is_told_whatever_is_passed(desk, checker):
    merge(source=make_case(desk), target=make_case(desk), by=checker, tell_askers=True)
    assert not Reply.objects.exists()


def test_nothing_is_told_of_a_withdrawn_check(desk, checker, editor, ready_pages):
    target, source = decided_by("published", desk, checker, editor), make_case(desk)
    withdraw(fact_check=target.fact_check, by=editor, note="Nguồn đã rút.")
    with pytest.raises(NotAnAnswerError):
        merge(source=source, target=target, by=editor, tell_askers=True)
    source.refresh_from_db()
    assert (source.state, source.messages_count) == (CaseState.OPEN, 1)


def test_a_case_with_a_check_of_its_own_is_not_merged_away(desk, checker):
    source = make_case(desk, nature=Nature.FACT)
    start_draft(case=source, by=checker)
    with pytest.raises(HasFactCheckError):
        merge(source=source, target=make_case(desk), by=checker)


def test_the_two_are_two_and_of_one_desk(desk, other_desk, checker):
    case = make_case(desk)
    with pytest.raises(SameCaseError):
        merge(source=case, target=case, by=checker)
    with pytest.raises(OtherDeskError):
        merge(source=case, target=make_case(other_desk), by=checker)


def test_nothing_is_merged_into_a_merged_case(desk, checker):
    gone, target = make_case(desk), make_case(desk)
    merge(source=gone, target=target, by=checker)
    with pytest.raises(WrongStateError):
        merge(source=make_case(desk), target=gone, by=checker)


def test_an_interest_holds_in_both_and_goes_with_the_messages(desk, checker, second_checker):
    source, target = make_case(desk), make_case(desk, assignee=checker)
    Conflict.objects.create(case=source, person=checker, reason="Cổ đông.")
    with pytest.raises(ConflictOfInterestError):
        merge(source=make_case(desk), target=source, by=checker)
    merge(source=source, target=target, by=second_checker)
    target.refresh_from_db()
    assert Conflict.objects.filter(case=target, person=checker).exists()
    assert target.assignee is None
