import pytest

from kiemtin.questions.actions.queue_replies import queue_replies
from kiemtin.questions.enums import ReplyKind, ReplyState
from kiemtin.questions.models import Reply, Request
from tests.unit.questions.making import make_case, publish_case

pytestmark = pytest.mark.usefixtures("ready_pages")


@pytest.fixture
def revision(desk, checker, editor):
    case = make_case(desk)
    return publish_case(case, author=checker, editor=editor)


def again(revision):
    return queue_replies(kind=ReplyKind.ANSWER, requests=Request.objects.all(), revision=revision)


@pytest.mark.parametrize("state", [ReplyState.QUEUED, ReplyState.SENDING, ReplyState.SENT, ReplyState.FAILED])
def test_nobody_is_told_of_a_revision_twice(state, revision):
    Reply.objects.update(state=state)
    assert again(revision) == 0
    assert Reply.objects.get().state == state


@pytest.mark.parametrize("state", [ReplyState.CANCELLED, ReplyState.SUPERSEDED])
def test_what_was_called_off_before_it_went_out_is_queued_again(state, revision):
    Reply.objects.update(state=state, attempts=3, error="x")
    before = Reply.objects.get().message_id
    assert again(revision) == 1
    reply = Reply.objects.get()
    assert (reply.state, reply.attempts, reply.error, reply.message_id) == (ReplyState.QUEUED, 0, "", before)


def test_message_ids_name_this_installation(revision, settings):
    settings.KIEMTIN_ADDRESS = "https://kiemtin.example"
    Reply.objects.all().delete()
    again(revision)
    assert Reply.objects.get().message_id.endswith("@kiemtin.example>")
