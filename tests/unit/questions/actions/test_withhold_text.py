import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.actions.number_changes import last_change
from kiemtin.questions.actions.say_whether_to_publish import TAKEN_BACK
from kiemtin.questions.actions.withhold_text import withhold_text
from kiemtin.questions.enums import Decision
from kiemtin.questions.exceptions import UnknownMessageError
from kiemtin.questions.models import Match, Message
from kiemtin.questions.open_data import matches, messages
from tests.unit.questions.making import make_message, make_review

pytestmark = pytest.mark.django_db


def test_a_withheld_text_is_given_by_nobody_and_its_decisions_name_it_no_more():
    message = make_message()
    Message.objects.update(agreed=2)
    given = {"probability": 0.5, "band": "maybe", "passage": "đoạn", "decision": Decision.YES}
    Match.objects.create(message=message, external_review=make_review(), **given)
    assert len(list(messages())) == 1
    for _ in range(2):
        withhold_text(number=message.pk, by="command-line")
    assert list(messages()) == []
    assert [(row.message_id, row.passage) for row in matches()] == [(None, "")]
    assert last_change(name=TAKEN_BACK) == 1
    assert Event.objects.get(verb="text.withheld").object_id == str(message.pk)


def test_a_number_that_is_no_message():
    with pytest.raises(UnknownMessageError):
        withhold_text(number=1, by="command-line")
