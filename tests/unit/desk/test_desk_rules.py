"""The rules of the table that are about a desk, walked over the views and over what they call: action × role."""

import pytest
from django.db import transaction

from kiemtin.checks.actions.start_alert import start_alert
from kiemtin.checks.alerts import AlertContent
from kiemtin.checks.exceptions import NotAllowedError
from kiemtin.checks.permissions import check_may
from kiemtin.checks.workflow import RULES, Action, Subject
from kiemtin.exchange.actions.pause_source import pause_source
from kiemtin.exchange.models import ReviewSource
from kiemtin.questions.actions.handle_report import handle_report
from kiemtin.questions.actions.retry_reply import retry_reply
from kiemtin.questions.actions.save_view import save_view
from kiemtin.questions.enums import ReplyKind, ReplyState
from kiemtin.questions.models import ErrorReport, Reply
from kiemtin.staff.actions.invite import invite
from kiemtin.staff.actions.make_token import make_token
from kiemtin.staff.actions.open_links import open_links
from kiemtin.staff.actions.write_page import write_page
from tests.cast import ROLES
from tests.unit.questions.making import make_case

pytestmark = pytest.mark.django_db

VIEWS = {
    Action.SEE_QUEUE: ("get", "", {}),
    Action.START_ALERT: (
        "post",
        "alerts/new/",
        {"title": "Giả ngân hàng", "version": "0", "language": "vi"},
    ),
    Action.SAVE_VIEW: ("post", "views/", {"name": "Của tôi", "query": ""}),
    Action.HANDLE_REPORT: ("post", "reports/{report}/", {"outcome": "Đã sửa."}),
    Action.RETRY_REPLY: ("post", "outbox/again/", {"reply": "{reply}"}),
    Action.WRITE_PAGES: ("post", "pages/contact/vi/", {"body": "Chúng tôi làm thế này.", "number": "0"}),
    Action.FOLLOW_SOURCES: ("post", "sources/{source}/pause/", {"pause": "yes"}),
    Action.OPEN_LINKS: ("post", "sources/links/", {"open": "yes"}),
    Action.MANAGE_PEOPLE: ("post", "people/", {"email": "moi@example.org", "role": "reader"}),
    Action.MANAGE_TOKENS: ("post", "tokens/", {"name": "Bot", "days": "30"}),
    Action.SEE_LOG: ("get", "log/", {}),
}
DO = {
    Action.SEE_QUEUE: lambda by, desk, it: check_may(Action.SEE_QUEUE, user=by, desk=desk),
    Action.START_ALERT: lambda by, desk, it: start_alert(desk=desk, by=by, content=AlertContent(title="Giả")),
    Action.SAVE_VIEW: lambda by, desk, it: save_view(desk=desk, by=by, name="Của tôi", query=""),
    Action.HANDLE_REPORT: lambda by, desk, it: handle_report(report=it["report"], by=by, outcome="Đã sửa."),
    Action.RETRY_REPLY: lambda by, desk, it: retry_reply(reply=it["reply"], by=by),
    Action.WRITE_PAGES: lambda by, desk, it: write_page(
        desk=desk, kind="contact", language="vi", body="Thế này.", by=by, expected_number=0
    ),
    Action.FOLLOW_SOURCES: lambda by, desk, it: pause_source(source=it["source"], by=by),
    Action.OPEN_LINKS: lambda by, desk, it: open_links(desk=desk, by=by, is_wanted=True),
    Action.MANAGE_PEOPLE: lambda by, desk, it: invite(desk=desk, email="moi@example.org", role="reader", by=by),
    Action.MANAGE_TOKENS: lambda by, desk, it: make_token(desk=desk, name="Bot", scopes=(), days=30, by=by),
    Action.SEE_LOG: lambda by, desk, it: check_may(Action.SEE_LOG, user=by, desk=desk),
}


def test_no_rule_of_a_desk_is_left_out():
    of_a_desk = {action for action, rule in RULES.items() if rule.subject is Subject.DESK}
    assert set(VIEWS) == set(DO) == of_a_desk


@pytest.fixture
def things(desk, published):
    """A report on a check of the desk, a reply that failed, and a source."""
    case = make_case(desk)
    check = published()
    request = case.messages.get().requests.get()
    address = "https://publisher.example/feed.json"
    return {
        "source": ReviewSource.objects.create(desk=desk, name="Báo", kind="datafeed", address=address, licence="CC0"),
        "report": ErrorReport.objects.create(fact_check=check, revision=check.latest, text="Số này sai."),
        "reply": Reply.objects.create(
            request=request, kind=ReplyKind.DECLINED, case=case, state=ReplyState.FAILED, message_id="<a@b>"
        ),
    }


@pytest.mark.parametrize("action", VIEWS)
def test_the_views_do_what_the_table_says(action, someone, sign_in, desk, things):
    method, path, sent = VIEWS[action]
    numbers = {name: str(row.pk) for name, row in things.items()}
    path = f"/en/desk/{desk.slug}/{path.format(**numbers)}"
    sent = {name: value.format(**numbers) for name, value in sent.items()}
    for role in ROLES:
        client = sign_in(someone(role))
        with transaction.atomic():
            status = getattr(client, method)(path, sent).status_code
            transaction.set_rollback(True)
        if role in ("", "elsewhere"):
            assert status == 404, role
        else:
            assert (status == 403) == (role not in RULES[action].roles), (role, status)
            assert status in (200, 302, 403, 422), (role, status)


@pytest.mark.parametrize("action", DO)
def test_what_they_call_does_what_the_table_says(action, someone, desk, things):
    for role in ROLES:
        by = someone(role)
        with transaction.atomic():
            try:
                DO[action](by, desk, things)
                was_refused = False
            except NotAllowedError:
                was_refused = True
            transaction.set_rollback(True)
        assert was_refused == (role not in RULES[action].roles), role
