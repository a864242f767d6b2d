import pytest

from kiemtin.audit.models import Event
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.questions.actions.decline import decline
from kiemtin.questions.actions.retry_reply import retry_reply
from kiemtin.questions.enums import ReplyState
from kiemtin.questions.exceptions import NotWaitingError
from kiemtin.questions.models import Reply
from tests.unit.questions.making import make_case


@pytest.fixture
def reply(desk, editor):
    decline(case=make_case(desk), by=editor, reason="Ngoài phạm vi.")
    Reply.objects.update(state=ReplyState.FAILED, attempts=10, error="recipient refused (550)")
    return Reply.objects.get()


def test_an_editor_has_it_sent_again_from_the_first_attempt(reply, desk, editor):
    retry_reply(reply=reply, by=editor)
    reply.refresh_from_db()
    assert (reply.state, reply.attempts, reply.error) == (ReplyState.QUEUED, 0, "")
    event = Event.objects.get(verb="reply.retried")
    assert (event.actor, event.detail) == (editor.actor, {"kind": "declined"})


def test_others_do_not(reply, checker, outsider):
    for user in (checker, outsider):
        with pytest.raises(NotAllowedError):
            retry_reply(reply=reply, by=user)


@pytest.mark.parametrize("state", sorted(set(ReplyState) - {ReplyState.FAILED}))
def test_only_what_failed_is_sent_again(state, reply, editor):
    Reply.objects.update(state=state)
    with pytest.raises(NotWaitingError):
        retry_reply(reply=reply, by=editor)
