"""Answers by mail, through a mail server that listens for real on this machine."""

import email
from email import policy

import pytest
from aiosmtpd.controller import Controller

from benchmarks.desk.server import free_port
from kiemtin.channels.registry import channels
from kiemtin.questions.actions.deliver import Delivered, deliver
from kiemtin.questions.actions.leave_address import leave_address
from kiemtin.questions.enums import ReplyState
from kiemtin.questions.models import Reply
from tests.unit.questions.making import correct, make_case, make_message, make_request, publish_case

pytestmark = pytest.mark.usefixtures("ready_pages", "data")


class Sink:
    """Keeps what it is handed; refuses whom it does not know. It may hang up once it has a mail, without a word."""

    def __init__(self):
        self.mails, self.hangs_up = [], False

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  (aiosmtpd's name)
        if address.startswith("khong-co"):
            return "550 5.1.1 <khong-co@example.org> unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append(email.message_from_bytes(envelope.content, policy=policy.default))
        if self.hangs_up:
            server.transport.abort()
        return "250 OK"


@pytest.fixture
def sink(settings, socket_enabled):
    handler = Sink()
    port = free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "kiemtin.channels.mail.smtp.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.KIEMTIN_SENDS_MAIL = True
    yield handler
    controller.stop()


def test_those_who_asked_get_the_answer_and_its_correction(sink, desk, checker, editor):
    case = make_case(desk, messages=0)
    for address, language in (
        ("lan@example.org", "vi"),
        ("khong-co@example.org", "vi"),
        ("anna@example.org", "en"),
    ):
        request = make_request(make_message(case, requests=0), address=False, language=language)
        leave_address(request=request, address=address)
    revision = publish_case(case, author=checker, editor=editor)
    assert deliver(channels=channels()) == Delivered(sent=2, failed=1)
    answers = {mail["To"]: mail for mail in sink.mails}
    assert set(answers) == {"lan@example.org", "anna@example.org"}
    assert "FALSE" in answers["anna@example.org"].get_body(("plain",)).get_content()
    assert len({mail["Message-ID"] for mail in sink.mails}) == 2
    failed = Reply.objects.get(state=ReplyState.FAILED)
    assert failed.error == "recipient refused (550)"
    correct(revision.fact_check, author=checker, editor=editor)
    assert deliver(channels=channels()) == Delivered(sent=2, failed=1)
    assert "Bản đầu nói quá." in sink.mails[-1].get_body(("html",)).get_content()


def test_a_server_that_is_not_there_is_tried_again(settings, sink, desk, checker, editor):
    case = make_case(desk, messages=0)
    request = make_request(make_message(case, requests=0), address=False)
    leave_address(request=request, address="lan@example.org")
    publish_case(case, author=checker, editor=editor)
    settings.EMAIL_PORT = 1
    assert deliver(channels=channels()) == Delivered(waiting=1)
    assert Reply.objects.get().error == "ConnectionRefusedError"


def test_who_may_have_got_it_is_told_of_the_correction_as_one(sink, desk, checker, editor):
    case = make_case(desk, messages=0)
    request = make_request(make_message(case, requests=0), address=False)
    leave_address(request=request, address="lan@example.org")
    revision = publish_case(case, author=checker, editor=editor)
    sink.hangs_up = True
    assert deliver(channels=channels()) == Delivered(waiting=1)
    assert Reply.objects.get().error in {"SMTPServerDisconnected", "ConnectionResetError"}
    sink.hangs_up = False
    correct(revision.fact_check, author=checker, editor=editor)
    assert deliver(channels=channels()) == Delivered(sent=1)
    first, second = sink.mails
    assert first["Message-ID"] != second["Message-ID"]
    assert second["Subject"].strip().startswith("Đính chính, nay là Gây hiểu lầm")
    assert "Bản đầu nói quá." in second.get_body(("html",)).get_content()
