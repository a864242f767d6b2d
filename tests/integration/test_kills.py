"""Ten kills under load: nothing acknowledged is lost, nothing is done twice. `benchmarks.kills` does two hundred."""

import json
from collections import Counter

import pytest

from benchmarks.kills import replies_whole
from benchmarks.kills.run import Plan, Run
from kiemtin.questions.actions.leave_address import leave_address
from kiemtin.questions.enums import ReplyState
from kiemtin.questions.models import Reply, Request
from tests.unit.questions.making import correct, make_case, make_message, make_request, publish_case


@pytest.mark.allow_hosts(["127.0.0.1"])
@pytest.mark.usefixtures("own_database")
def test_killed_at_random_moments_nothing_is_lost_and_nothing_is_done_twice(tmp_path):
    found = Run(tmp_path, Plan(kills=10, every=10, seed=3)).do()
    assert found["wrong"] == [], json.dumps(found, ensure_ascii=False, indent=1)
    assert found["kills"] == {"web": 3, "worker": 2, "second worker": 1, "import": 2, "server": 1, "all": 1}
    assert found["acknowledged"]["ask"] > 10
    assert found["receipts_opened"] == found["acknowledged"]["ask"]


@pytest.mark.usefixtures("ready_pages", "data")
def test_what_was_taken_and_overtaken_is_wrong_only_if_nobody_knows_of_it(desk, checker, editor):
    case = make_case(desk, messages=0)
    leave_address(request=make_request(make_message(case, requests=0), address=False), address="lan@example.org")
    first = publish_case(case, author=checker, editor=editor)
    second = correct(first.fact_check, author=checker, editor=editor)
    Reply.objects.filter(revision=second).update(state=ReplyState.SENT)
    replies = dict(Reply.objects.values_list("revision", "message_id"))
    assert Reply.objects.get(revision=first).state == ReplyState.SUPERSEDED
    mails = Counter(replies.values())
    assert list(replies_whole.sent(mails)) == []
    Reply.objects.filter(revision=second).update(state=ReplyState.CANCELLED)
    del mails[replies[second.pk]]
    assert list(replies_whole.sent(mails)) == [f"the reply {replies[first.pk]} was taken and is superseded"]
    Request.objects.update(shown=first)
    assert list(replies_whole.sent(mails)) == []
