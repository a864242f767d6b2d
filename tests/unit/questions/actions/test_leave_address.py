import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.audit.models import Event
from kiemtin.checks.actions.withdraw import withdraw
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.forget_address import forget_address
from kiemtin.questions.actions.leave_address import MAX_QUESTIONS, leave_address
from kiemtin.questions.enums import ReplyKind, ReplyState
from kiemtin.questions.exceptions import AddressError, TooManyAddressesError
from kiemtin.questions.models import Reply, ReplyAddress
from kiemtin.questions.secrets import unseal
from tests.unit.questions.making import make_case, make_message, make_request, publish_case

ADDRESS = "Nguoi.Hoi@example.org"
NO_ADDRESSES = ["", "abc", "a@b", f"{ADDRESS}\nBcc: b@example.org", f"{ADDRESS}, b@example.org", "a" * 250 + "@x.vn"]


def ask(case):
    message = make_message(case, requests=0)
    return make_request(message, address=False)


def test_it_is_stored_encrypted_and_named_nowhere_else(desk):
    left = leave_address(request=ask(make_case(desk, address=False)), address=f" {ADDRESS} ")
    assert unseal(bytes(left.secret)) == ADDRESS
    assert left.purge_after is None
    event = Event.objects.get(verb="address.left")
    assert (event.actor, event.object_id, event.detail) == ("asker", "", {"channel": "mail"})


def test_the_next_one_takes_its_place(desk):
    request = ask(make_case(desk, address=False))
    leave_address(request=request, address=ADDRESS)
    leave_address(request=request, address="khac@example.org")
    assert unseal(bytes(ReplyAddress.objects.get().secret)) == "khac@example.org"


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_only_one_mail_address_is_one(address, desk):
    with pytest.raises(AddressError):
        leave_address(request=ask(make_case(desk, address=False)), address=address)
    assert not ReplyAddress.objects.exists()


def test_an_address_is_named_by_so_many_questions_at_most(desk):
    case = make_case(desk, address=False)
    for _ in range(MAX_QUESTIONS):
        leave_address(request=ask(case), address=ADDRESS)
    with pytest.raises(TooManyAddressesError):
        leave_address(request=ask(case), address=ADDRESS.upper())
    # Those who are among them may leave it again.
    leave_address(request=ReplyAddress.objects.first().request, address=ADDRESS)
    assert ReplyAddress.objects.count() == MAX_QUESTIONS


def test_who_was_shown_the_answer_is_kept_for_its_corrections(desk, checker, editor, ready_pages):
    case = make_case(desk, address=False)
    revision = publish_case(case, author=checker, editor=editor)
    request = make_request(case.messages.get(), address=False, shown=revision)
    left = leave_address(request=request, address=ADDRESS)
    assert dt.timedelta(days=29) < left.purge_after - timezone.now() <= dt.timedelta(days=30)
    assert not Reply.objects.exists()


def test_what_was_decided_while_they_typed_is_queued(desk, editor):
    case = make_case(desk, address=False)
    decline(case=case, by=editor, reason="Ngoài phạm vi.")
    request = make_request(case.messages.get(), address=False)
    for _ in range(2):
        leave_address(request=request, address=ADDRESS)
    assert Reply.objects.get().kind == ReplyKind.DECLINED


def test_a_withdrawn_answer_is_not(desk, checker, editor, ready_pages):
    case = make_case(desk, address=False)
    publish_case(case, author=checker, editor=editor)
    withdraw(fact_check=case.fact_check, by=editor, note="Nguồn đã rút.")
    leave_address(request=make_request(case.messages.get(), address=False), address=ADDRESS)
    assert not Reply.objects.exists()


def test_forgotten_it_is_gone_with_what_waits_for_it(desk, editor):
    case = make_case(desk, messages=0)
    request = ask(case)
    leave_address(request=request, address=ADDRESS)
    decline(case=case, by=editor, reason="Ngoài phạm vi.")
    assert forget_address(request=request) is True
    assert not ReplyAddress.objects.exists()
    assert Reply.objects.get().state == ReplyState.CANCELLED
    assert forget_address(request=request) is False
    assert Event.objects.filter(verb="address.forgotten").count() == 1
