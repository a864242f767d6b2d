import pytest

from kiemtin.desk.nav_counts import nav_counts, queue_counts
from kiemtin.exchange.models import ReviewSource
from kiemtin.questions.models import ErrorReport, Reply
from tests.publishing import published as publish
from tests.unit.questions.making import make_case

pytestmark = pytest.mark.django_db


def test_it_counts_what_waits_at_this_desk_alone(
    desk, other_desk, checker, submitted, approved, django_assert_num_queries
):
    case, _theirs = make_case(desk, assignee=checker), make_case(other_desk)
    make_case(desk, state="in-review", nature="fact", assignee=checker)
    make_case(desk, state="declined", public_reason="Không.", assignee=checker)
    submitted()
    approved()
    check = publish("Tin", desk=desk)
    ErrorReport.objects.create(fact_check=check, revision=check.latest, text="Sai.")
    request = case.messages.get().requests.get()
    Reply.objects.create(request=request, case=case, kind="answer", state="failed", message_id="<1>")
    Reply.objects.create(request=request, revision=check.latest, kind="correction", state="failed", message_id="<2>")
    Reply.objects.create(request=request, case=case, kind="answer", state="sent", message_id="<3>")
    of_the_navigation = {"queue": 1, "review": 2, "alerts": 0, "reports": 1, "outbox": 2, "sources": 1}
    ReviewSource.objects.create(desk=desk, kind="datafeed", address="a", outcome="failed")
    ReviewSource.objects.create(desk=desk, kind="datafeed", address="b", outcome="taken")
    ReviewSource.objects.create(desk=desk, kind="datafeed", address="c", outcome="failed", state="paused")
    ReviewSource.objects.create(desk=other_desk, kind="datafeed", address="d", outcome="failed")
    with django_assert_num_queries(1):
        assert nav_counts(desk) == of_the_navigation
    with django_assert_num_queries(1):
        assert queue_counts(desk, checker) == of_the_navigation | {"mine": 2, "in_review": 1, "recheck": 0}
