import pytest

from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.discard_correction import discard_correction
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.recall import recall
from kiemtin.checks.actions.send_back import send_back
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.checks.enums import Nature, PublicState, Stage
from kiemtin.checks.exceptions import ConflictOfInterestError, WrongStateError
from kiemtin.checks.models import Revision
from kiemtin.questions.actions.declare_conflict import declare_conflict
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.say_nature import say_nature
from kiemtin.questions.actions.start_draft import start_draft
from kiemtin.questions.enums import CaseState, ReplyKind, ReplyState
from kiemtin.questions.exceptions import NotAFactError
from kiemtin.questions.models import Case, Reply, Request
from tests.unit.questions.making import (
    bring_to_print,
    correct,
    make_case,
    make_message,
    make_request,
    publish_case,
    publish_check,
    write,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_pages")]


@pytest.fixture
def case(desk):
    return make_case(desk, messages=2, requests=2, nature=Nature.FACT)


@pytest.fixture
def check(case, checker):
    return start_draft(case=case, by=checker)


def state(case):
    return Case.objects.get(pk=case.pk).state


def queued():
    waiting = Reply.objects.filter(state=ReplyState.QUEUED).order_by("request")
    return [(reply.request_id, reply.kind, reply.revision.number) for reply in waiting]


# The case goes along with its check


def test_a_case_is_where_its_check_is(case, check, checker, editor):
    row = write(check, by=checker)
    assert state(case) == CaseState.IN_PROGRESS
    row = submit(fact_check=row, by=checker, version=row.version)
    assert state(case) == CaseState.IN_REVIEW
    recall(fact_check=row, by=checker)
    assert state(case) == CaseState.IN_PROGRESS
    row = submit(fact_check=row, by=checker, version=row.version)
    send_back(fact_check=row, by=editor, remarks="Nguồn nào nói vậy?")
    assert state(case) == CaseState.IN_PROGRESS
    row = submit(fact_check=row, by=checker, version=row.version)
    row = approve(fact_check=row, by=editor, version=row.version)
    assert state(case) == CaseState.IN_REVIEW
    row = write(row, by=checker, summary="Một câu khác.")
    assert state(case) == CaseState.IN_PROGRESS
    row = submit(fact_check=row, by=checker, version=row.version)
    row = approve(fact_check=row, by=editor, version=row.version)
    publish(fact_check=row, by=editor)
    assert state(case) == CaseState.PUBLISHED


def test_a_published_case_stays_so_through_corrections_and_withdrawal(case, check, checker, editor):
    bring_to_print(check, author=checker, editor=editor)
    start_correction(fact_check=check, by=checker)
    discard_correction(fact_check=check, by=checker)
    correct(check, author=checker, editor=editor)
    withdraw(fact_check=check, by=editor, note="Nguồn đã rút.")
    assert state(case) == CaseState.PUBLISHED


@pytest.mark.parametrize("step", ["edit", "submit", "send back", "approve", "publish"])
def test_who_declared_an_interest_does_nothing_to_the_check(step, check, checker, editor, second_editor):
    row = write(check, by=checker)
    if step in ("send back", "approve", "publish"):
        row = submit(fact_check=row, by=checker, version=row.version)
    if step == "publish":
        row = approve(fact_check=row, by=second_editor, version=row.version)
    declare_conflict(case=check.case, by=editor, reason="Cổ đông.")
    stage = row.stage
    steps = {
        "edit": lambda: write(row, by=editor, summary="Câu khác."),
        "submit": lambda: submit(fact_check=row, by=editor, version=row.version),
        "send back": lambda: send_back(fact_check=row, by=editor, remarks="Không."),
        "approve": lambda: approve(fact_check=row, by=editor, version=row.version),
        "publish": lambda: publish(fact_check=row, by=editor),
    }
    with pytest.raises(ConflictOfInterestError):
        steps[step]()
    row.refresh_from_db()
    assert row.stage == stage
    assert not Revision.objects.exists()


def test_what_turned_out_to_be_no_fact_is_not_worked_on(case, check, checker):
    say_nature(case=case, by=checker, nature=Nature.PREDICTION)
    with pytest.raises(NotAFactError):
        write(check, by=checker)
    check.refresh_from_db()
    assert check.claim == ""


def test_a_draft_does_not_open_a_declined_case(case, check, checker, editor):
    decline(case=case, by=editor, reason="Ngoài phạm vi.")
    with pytest.raises(WrongStateError):
        write(check, by=checker)
    assert state(case) == CaseState.DECLINED


# Who is told what


def test_everyone_who_asked_is_answered_and_the_texts_are_known(case, check, checker, editor):
    revision = bring_to_print(check, author=checker, editor=editor)
    requests = Request.objects.filter(message__case=case).order_by("pk")
    assert queued() == [(request.pk, ReplyKind.ANSWER, 1) for request in requests]
    assert Reply.objects.values("message_id").distinct().count() == 4
    known = set(revision.fact_check.known_wordings.values_list("text", flat=True))
    assert known == set(case.messages.values_list("text", flat=True))


def test_marks_of_masking_are_no_wording(desk, checker, editor):
    case = make_case(desk, messages=0)
    make_message(case, text="Gọi [số điện thoại] để nhận thưởng")
    from kiemtin.questions.masking import unmarked

    revision = publish_case(case, author=checker, editor=editor)
    assert revision.fact_check.known_wordings.get().text == unmarked(case.messages.get().text)


def test_other_cases_hear_nothing(desk, case, check, checker, editor):
    other = make_case(desk)
    bring_to_print(check, author=checker, editor=editor)
    assert not Reply.objects.filter(request__message__case=other).exists()


def test_a_check_without_a_case_tells_nobody_until_it_is_corrected(desk, checker, editor):
    revision = publish_check(desk, author=checker, editor=editor)
    assert not Reply.objects.exists()
    # Somebody was answered with it at once.
    request = make_request(make_message(), shown=revision)
    correct(revision.fact_check, author=checker, editor=editor)
    assert queued() == [(request.pk, ReplyKind.CORRECTION, 2)]


def test_a_correction_goes_to_who_has_the_older_one_and_answers_who_has_none(case, check, checker, editor):
    first = bring_to_print(check, author=checker, editor=editor)
    sent, sending, shown, waiting = Request.objects.filter(message__case=case).order_by("pk")
    Reply.objects.filter(request=sent).update(state=ReplyState.SENT)
    Reply.objects.filter(request=sending).update(state=ReplyState.SENDING)
    Request.objects.filter(pk=shown.pk).update(shown=first)
    elsewhere = make_request(make_message(), shown=first)
    nowhere = make_request(make_message())
    correct(check, author=checker, editor=editor)
    assert queued() == [
        (sent.pk, ReplyKind.CORRECTION, 2),
        (sending.pk, ReplyKind.CORRECTION, 2),
        (shown.pk, ReplyKind.CORRECTION, 2),
        (waiting.pk, ReplyKind.ANSWER, 2),
        (elsewhere.pk, ReplyKind.CORRECTION, 2),
    ]
    assert not Reply.objects.filter(request=nowhere).exists()
    assert set(Reply.objects.filter(revision=first).values_list("request", "state")) == {
        (sent.pk, ReplyState.SENT),
        (sending.pk, ReplyState.SENDING),
        (shown.pk, ReplyState.SUPERSEDED),
        (waiting.pk, ReplyState.SUPERSEDED),
    }


def test_a_withdrawal_goes_to_all_of_them(case, check, checker, editor):
    first = bring_to_print(check, author=checker, editor=editor)
    elsewhere = make_request(make_message(), shown=first)
    withdraw(fact_check=check, by=editor, note="Nguồn đã rút.")
    told = dict.fromkeys([*Request.objects.filter(message__case=case), elsewhere], ReplyKind.WITHDRAWAL)
    assert {request: kind for request, kind, number in queued() if number == 2} == {
        request.pk: kind for request, kind in told.items()
    }
    assert not Reply.objects.filter(revision=first, state=ReplyState.QUEUED).exists()


def test_who_left_no_address_gets_no_row(desk, checker, editor):
    case = make_case(desk, requests=3, address=False)
    publish_case(case, author=checker, editor=editor)
    assert not Reply.objects.exists()


def test_an_error_while_telling_undoes_the_publication(case, check, checker, editor, monkeypatch):
    def broken(**_):
        raise RuntimeError("the outbox is broken")

    monkeypatch.setattr("kiemtin.questions.listeners.queue_replies", broken)
    with pytest.raises(RuntimeError):
        bring_to_print(check, author=checker, editor=editor)
    check.refresh_from_db()
    assert (check.stage, check.public_state) == (Stage.APPROVED, PublicState.UNPUBLISHED)
    assert state(case) == CaseState.IN_REVIEW
    assert not Revision.objects.exists()


def test_the_number_of_statements_does_not_grow_with_those_who_asked(
    desk, checker, editor, django_assert_max_num_queries
):
    case = make_case(desk, requests=300, nature=Nature.FACT)
    check = start_draft(case=case, by=checker)
    row = write(check, by=checker)
    row = submit(fact_check=row, by=checker, version=row.version)
    row = approve(fact_check=row, by=editor, version=row.version)
    with django_assert_max_num_queries(60):
        publish(fact_check=row, by=editor)
    assert len(queued()) == 300
