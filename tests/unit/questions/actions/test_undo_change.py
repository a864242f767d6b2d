import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.enums import Nature
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.questions.actions.merge import merge
from kiemtin.questions.actions.split import split
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.actions.undo_change import undo_change
from kiemtin.questions.counters import counters
from kiemtin.questions.enums import CaseState, ChangeKind, Decider, Decision, ReplyState
from kiemtin.questions.exceptions import (
    AlreadyUndoneError,
    CarriesVerdictError,
    HasFactCheckError,
    MessagesMovedError,
)
from kiemtin.questions.models import CaseChange, Match, Message, Reply
from kiemtin.questions.moving import record_change
from tests.unit.questions.making import make_case, make_message, publish_case


def check_counted(*cases):
    for case in cases:
        case.refresh_from_db()
        assert {name: getattr(case, name) for name in counters(case)} == counters(case)


@pytest.mark.parametrize("state", [CaseState.OPEN, CaseState.IN_PROGRESS])
def test_a_merge_is_undone_with_state_and_messages(state, desk, checker):
    source = make_case(desk, messages=2, nature=Nature.FACT, state=state)
    target = make_case(desk)
    messages = set(source.messages.all())
    change = merge(source=source, target=target, by=checker)
    assert undo_change(change=change, by=checker) == source
    check_counted(source, target)
    assert (source.state, source.merged_into, source.nature) == (state, None, Nature.FACT)
    assert set(source.messages.all()) == messages
    change.refresh_from_db()
    assert change.undone is not None
    event = Event.objects.get(verb="case.merge-undone")
    assert (event.object_id, event.detail) == (
        str(target.pk),
        {"into": source.pk, "messages": 2},
    )


def test_it_is_undone_once(desk, checker):
    change = merge(source=make_case(desk), target=make_case(desk), by=checker)
    undo_change(change=change, by=checker)
    with pytest.raises(AlreadyUndoneError):
        undo_change(change=change, by=checker)


def test_not_if_a_message_has_gone_on(desk, checker):
    source, target = make_case(desk, messages=2), make_case(desk)
    gone = source.messages.first()
    change = merge(source=source, target=target, by=checker)
    split(case=target, messages=[gone], by=checker, title="Tin khác")
    with pytest.raises(MessagesMovedError):
        undo_change(change=change, by=checker)
    source.refresh_from_db()
    assert source.state == CaseState.MERGED


def test_merges_are_undone_from_the_last_one(desk, checker):
    first, second, third = make_case(desk), make_case(desk), make_case(desk)
    one = merge(source=first, target=second, by=checker)
    two = merge(source=second, target=third, by=checker)
    with pytest.raises(MessagesMovedError):
        undo_change(change=one, by=checker)
    undo_change(change=two, by=checker)
    undo_change(change=one, by=checker)
    check_counted(first, second, third)
    assert [case.messages_count for case in (first, second, third)] == [1, 1, 1]


def test_a_verdict_that_was_told_by_a_merge_is_taken_back_where_it_was_not_sent(desk, checker, editor, ready_pages):
    source, target = make_case(desk), make_case(desk, address=False)
    publish_case(target, author=checker, editor=editor)
    text = source.messages.get().text
    change = merge(source=source, target=target, by=editor, tell_askers=True)
    undo_change(change=change, by=checker)
    assert Reply.objects.get().state == ReplyState.CANCELLED
    assert text not in target.fact_check.known_wordings.values_list("text", flat=True)
    source.refresh_from_db()
    assert source.state == CaseState.OPEN


def test_what_the_program_joined_gets_a_case_of_its_own(desk, checker):
    case = make_case(desk)
    message = make_message(case)
    change = record_change(kind=ChangeKind.JOIN, source=None, target=case, messages=[message.pk], by=None)
    home = undo_change(change=change, by=checker)
    check_counted(home, case)
    assert home not in (case, None)
    assert list(home.messages.all()) == [message]
    refused = Match.objects.get(message=message, case=case)
    assert (refused.decision, refused.decider) == (Decision.NO, Decider.DESK)


def test_a_split_is_undone(desk, checker):
    case = make_case(desk, messages=3)
    fresh = split(case=case, messages=case.messages.all()[:2], by=checker, title="Tin khác")
    assert undo_change(change=CaseChange.objects.get(), by=checker) == case
    check_counted(case, fresh)
    assert (case.messages_count, fresh.state, fresh.merged_into) == (3, CaseState.MERGED, case)


def test_what_has_come_to_the_new_case_since_stays_there(desk, checker):
    case = make_case(desk, messages=2)
    fresh = split(case=case, messages=case.messages.all()[:1], by=checker, title="Tin khác")
    later = make_message(fresh)
    undo_change(change=CaseChange.objects.get(), by=checker)
    check_counted(case, fresh)
    assert (fresh.state, list(fresh.messages.all())) == (CaseState.OPEN, [later])


def test_a_split_does_not_go_back_into_a_verdict_silently(desk, checker, editor, ready_pages):
    case = make_case(desk, messages=2)
    publish_case(case, author=checker, editor=editor)
    message = case.messages.first()
    fresh = split(case=case, messages=[message], by=checker, title="Tin khác")
    change = CaseChange.objects.get()
    with pytest.raises(CarriesVerdictError):
        undo_change(change=change, by=editor)
    with pytest.raises(NotAllowedError):
        undo_change(change=change, by=checker, tell_askers=True)
    assert Message.objects.get(pk=message.pk).case == fresh
    undo_change(change=change, by=editor, tell_askers=True)
    assert Reply.objects.get(request__message=message).state == ReplyState.QUEUED
    assert Match.objects.get(message=message, fact_check=case.fact_check).decision == Decision.YES


def test_a_split_with_a_check_of_its_own_does_not_go_back(desk, checker):
    case = make_case(desk, messages=2)
    fresh = split(case=case, messages=case.messages.all()[:1], by=checker, title="Tin khác")
    type(fresh).objects.filter(pk=fresh.pk).update(nature=Nature.FACT)
    start_draft(case=fresh, by=checker)
    with pytest.raises(HasFactCheckError):
        undo_change(change=CaseChange.objects.get(), by=checker)


def test_who_only_reads_undoes_nothing(desk, checker, reader):
    change = merge(source=make_case(desk), target=make_case(desk), by=checker)
    with pytest.raises(NotAllowedError):
        undo_change(change=change, by=reader)
