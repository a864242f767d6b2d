import datetime as dt

import pytest
from django.utils import timezone

from kiemtin.audit.pulse import beat
from kiemtin.questions.models import Reply
from tests.unit.questions.making import make_case, make_message

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(desk):
    return f"/en/desk/{desk.slug}/outbox/"


def reply(case, state, **fields):
    message = make_message(case)
    number = Reply.objects.count()
    return Reply.objects.create(
        request=message.requests.get(), kind="declined", case=case, state=state, message_id=f"<{number}@x>", **fields
    )


def test_it_counts_by_state_and_shows_why_replies_failed(desk, other_desk, editor, sign_in, url):
    case = make_case(desk, title="Bão số 14")
    reply(case, "sent")
    reply(case, "failed", error="Hộp thư đầy (552).", attempts=8)
    reply(make_case(other_desk), "failed", error="Của bàn khác.")
    answer = sign_in(editor).get(url)
    assert {one["slug"]: one["count"] for one in answer.context["states"] if one["count"]} == {"sent": 1, "failed": 1}
    page = answer.content.decode()
    assert "Hộp thư đầy (552)." in page
    assert "Của bàn khác." not in page


def test_a_failed_reply_is_sent_again_and_no_other(desk, other_desk, editor, sign_in, url):
    case = make_case(desk)
    failed, sent, theirs = reply(case, "failed"), reply(case, "sent"), reply(make_case(other_desk), "failed")
    answer = sign_in(editor).post(f"{url}again/", {"reply": [failed.pk, sent.pk, theirs.pk, "x"]}, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert "1 reply waits to be sent again." in said
    assert "Only a reply that failed can be sent again." in said
    assert [Reply.objects.get(pk=one.pk).state for one in (failed, sent, theirs)] == ["queued", "sent", "failed"]


def test_it_is_for_editors(desk, checker, outsider, sign_in, url):
    assert sign_in(checker).get(url).status_code == 403
    assert sign_in(checker).post(f"{url}again/", {}).status_code == 403
    assert sign_in(outsider).get(url).status_code == 404


def test_it_costs_the_same_queries_with_many(desk, editor, sign_in, url, django_assert_max_num_queries):
    case = make_case(desk)
    for _ in range(30):
        reply(case, "failed")
    client = sign_in(editor)
    client.get(url)
    with django_assert_max_num_queries(8):
        client.get(url)


def test_it_says_when_the_worker_was_there_and_when_it_is_missing(editor, sign_in, url):
    client = sign_in(editor)
    assert "It has never run" in client.get(url).content.decode()
    beat(worker="a", now=timezone.now() - dt.timedelta(minutes=6))
    page = client.get(url).content.decode()
    assert "The worker is not running" in page
    assert "It was last there on" in page
    beat(worker="a")
    page = client.get(url).content.decode()
    assert "The worker is not running" not in page
    assert "The worker was last there at" in page


def test_it_says_that_the_clock_is_in_doubt(editor, sign_in, url):
    beat(worker="a", now=timezone.now() - dt.timedelta(days=3))
    beat(worker="a")
    assert "The clock of the machine jumped" in sign_in(editor).get(url).content.decode()
