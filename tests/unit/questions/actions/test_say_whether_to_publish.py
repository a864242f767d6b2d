import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.actions.number_changes import last_change
from kiemtin.questions.actions.purge import purge
from kiemtin.questions.actions.say_whether_to_publish import TAKEN_BACK, say_whether_to_publish
from kiemtin.questions.models import Message, Request
from tests.unit.questions.making import make_message, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(db):
    return make_message(requests=0)


def given(message):
    return Message.objects.get(pk=message.pk).agreed


def test_nobody_agrees_by_asking(message):
    assert make_request(message).agreed is False
    assert given(message) == 0


def test_a_yes_and_its_taking_back_are_counted_once_each(message):
    request = make_request(message)
    for _ in range(2):
        say_whether_to_publish(request=request, agrees=True)
    assert (given(message), Request.objects.get(pk=request.pk).agreed) == (1, True)
    for _ in range(2):
        say_whether_to_publish(request=request, agrees=False)
    assert (given(message), Request.objects.get(pk=request.pk).agreed) == (0, False)
    assert last_change(name=TAKEN_BACK) == 1


def test_it_stays_given_while_one_agrees_and_only_the_last_one_is_numbered(message):
    one, other = make_request(message), make_request(message)
    for request in (one, other):
        say_whether_to_publish(request=request, agrees=True)
    say_whether_to_publish(request=one, agrees=False)
    assert (given(message), last_change(name=TAKEN_BACK)) == (1, 0)
    say_whether_to_publish(request=other, agrees=False)
    assert (given(message), last_change(name=TAKEN_BACK)) == (0, 1)


def test_what_was_agreed_outlives_what_is_purged(message):
    request = make_request(message, asker="a" * 64)
    say_whether_to_publish(request=request, agrees=True)
    Request.objects.update(at="2020-01-01T00:00Z")
    purge()
    assert given(message) == 1
    Request.objects.get(pk=request.pk).reply_address.delete()
    Request.objects.all().delete()
    assert given(message) == 1


def test_the_log_names_the_text_and_no_asker(message):
    request = make_request(message)
    say_whether_to_publish(request=request, agrees=True)
    event = Event.objects.get(verb="text.given")
    assert (event.actor, event.object_id, event.detail) == ("asker", str(message.pk), {})
    assert request.code not in str(vars(event))
