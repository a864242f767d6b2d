import pytest

from kiemtin.checks.enums import Nature
from kiemtin.checks.exceptions import EmptyTextError
from kiemtin.questions.actions.split import split
from kiemtin.questions.counters import counters
from kiemtin.questions.enums import CaseState, ChangeKind, Decider, Decision, ReplyKind, ReplyState
from kiemtin.questions.exceptions import WrongMessagesError
from kiemtin.questions.models import CaseChange, Conflict, Match, Reply, Request
from kiemtin.questions.receipts import status_of
from tests.unit.questions.making import correct, make_case, make_message, publish_case


def test_what_is_split_off_starts_from_nothing(desk, checker):
    case = make_case(desk, messages=3, requests=2, nature=Nature.FACT, assignee=checker)
    chosen = list(case.messages.all()[:2])
    fresh = split(case=case, messages=chosen, by=checker, title="Tin khác")
    case.refresh_from_db()
    fresh.refresh_from_db()
    assert set(fresh.messages.all()) == set(chosen)
    assert (fresh.state, fresh.nature, fresh.fact_check, fresh.assignee) == (CaseState.OPEN, "", None, None)
    assert (case.messages_count, case.asked, fresh.messages_count, fresh.asked) == (1, 2, 2, 4)
    for row in (case, fresh):
        assert {name: getattr(row, name) for name in counters(row)} == counters(row)
    change = CaseChange.objects.get()
    assert (change.kind, change.source, change.target) == (ChangeKind.SPLIT, case, fresh)


def test_no_verdict_goes_with_it(desk, checker, editor, ready_pages):
    case = make_case(desk, messages=2)
    publish_case(case, author=checker, editor=editor)
    leaving, staying = case.messages.order_by("pk")
    fresh = split(case=case, messages=[leaving], by=checker, title="Tin khác")
    states = dict(Reply.objects.values_list("request__message", "state"))
    assert states == {leaving.pk: ReplyState.CANCELLED, staying.pk: ReplyState.QUEUED}
    assert list(case.fact_check.known_wordings.values_list("text", flat=True)) == [staying.text]
    refused = Match.objects.get(message=leaving, fact_check=case.fact_check)
    assert (refused.decision, refused.decider) == (Decision.NO, Decider.DESK)
    assert (fresh.state, fresh.fact_check) == (CaseState.OPEN, None)


def test_the_index_learns_of_it(desk, checker, editor, ready_pages):
    case = make_case(desk, messages=2)
    publish_case(case, author=checker, editor=editor)
    case.fact_check.refresh_from_db()
    seq, message = case.fact_check.seq, case.messages.first()
    split(case=case, messages=[message], by=checker, title="Tin khác")
    case.fact_check.refresh_from_db()
    before, _ = message.seq, message.refresh_from_db()
    assert case.fact_check.seq > seq
    assert message.seq > before


def test_who_was_shown_the_answer_keeps_it_and_hears_of_its_correction(desk, checker, editor, ready_pages):
    case = make_case(desk, messages=2)
    revision = publish_case(case, author=checker, editor=editor)
    message = case.messages.first()
    Request.objects.filter(message=message).update(shown=revision)
    fresh = split(case=case, messages=[message], by=checker, title="Tin khác")
    request = Request.objects.get(message=message)
    assert request.shown == revision
    correct(revision.fact_check, author=checker, editor=editor)
    told = Reply.objects.get(request=request, state=ReplyState.QUEUED)
    assert told.kind == ReplyKind.CORRECTION
    assert fresh.state == CaseState.OPEN


def test_the_receipt_says_that_it_is_being_looked_at(desk, checker, editor, ready_pages):
    case = make_case(desk, messages=2)
    revision = publish_case(case, author=checker, editor=editor)
    message = case.messages.first()
    Request.objects.filter(message=message).update(shown=revision)
    split(case=case, messages=[message], by=checker, title="Tin khác")
    status = status_of(Request.objects.get(message=message))
    assert not status.standing.is_final
    assert status.answer is None


def test_a_wording_that_another_message_still_says_stays(desk, checker, editor, ready_pages):
    case = make_case(desk)
    one = make_message(case, text="Chanh nóng CHỮA ung thư")
    make_message(case, text="chanh nóng chữa  ung thư")
    publish_case(case, author=checker, editor=editor)
    before = set(case.fact_check.known_wordings.values_list("digest", flat=True))
    split(case=case, messages=[one], by=checker, title="Tin khác")
    assert set(case.fact_check.known_wordings.values_list("digest", flat=True)) == before


def test_something_of_this_case_is_chosen_and_something_is_left(desk, checker):
    case, other = make_case(desk, messages=2), make_case(desk)
    for messages in ([], other.messages.all(), [*case.messages.all()[:1], *other.messages.all()], case.messages.all()):
        with pytest.raises(WrongMessagesError):
            split(case=case, messages=messages, by=checker, title="Tin khác")


def test_all_may_leave_a_case_that_is_decided(desk, checker, editor, ready_pages):
    case = make_case(desk)
    publish_case(case, author=checker, editor=editor)
    split(case=case, messages=case.messages.all(), by=checker, title="Tin khác")
    case.refresh_from_db()
    assert (case.state, case.messages_count) == (CaseState.PUBLISHED, 0)


def test_it_has_a_title_and_an_interest_goes_with_it(desk, checker, second_checker):
    case = make_case(desk, messages=2)
    with pytest.raises(EmptyTextError):
        split(case=case, messages=case.messages.all()[:1], by=checker, title="")
    Conflict.objects.create(case=case, person=second_checker, reason="Cổ đông.")
    fresh = split(case=case, messages=case.messages.all()[:1], by=checker, title="Tin khác")
    assert Conflict.objects.filter(case=fresh, person=second_checker).exists()
