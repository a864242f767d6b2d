from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)
from typing import ClassVar

import pytest
from django.core import mail

from kiemtin.channels.mail import channel as module
from kiemtin.channels.mail.channel import Mail
from kiemtin.channels.mail.smtp import Backend, _Smtp
from kiemtin.questions.outbox import Telling, TransportError

ADDRESS = "nguoi.hoi@example.org"
REFUSED = f"<{ADDRESS}> no such person".encode()


@pytest.fixture
def telling():
    return Telling(
        kind="declined",
        language="vi",
        code="ABCDE12345",
        forget_key="f" * 64,
        message_id="<reply-1@kiemtin.example>",
        public_reason="Ngoài phạm vi.",
    )


class Connection:
    """Takes every mail; says what is done with it."""

    done: ClassVar[list[str]] = []

    def __init__(self, *, patience):
        assert patience >= 600, "RFC 5321, 4.5.3.2.6"
        self.done.clear()

    def open(self):
        self.done.append("open")

    def send_messages(self, messages):
        self.done.append("send")

    def close(self):
        self.done.append("close")


def test_the_goodbye_comes_after_what_is_to_be_noted(telling, monkeypatch):
    monkeypatch.setattr(module, "get_connection", Connection)
    with Mail().hand_over(ADDRESS, telling):
        assert Connection.done == ["open", "send"]
    assert Connection.done == ["open", "send", "close"]


@pytest.mark.parametrize("error", [SMTPServerDisconnected("gone"), TimeoutError()])
def test_however_they_part_the_mail_was_taken(error, telling, monkeypatch):
    class Rude(Connection):
        def close(self):
            raise error

    monkeypatch.setattr(module, "get_connection", Rude)
    with Mail().hand_over(ADDRESS, telling):
        pass


def test_a_mail_is_handed_over(telling):
    with Mail().hand_over(ADDRESS, telling):
        (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    assert (sent.cc, sent.bcc) == ([], [])


@pytest.mark.parametrize(
    ("error", "is_permanent"),
    [
        (SMTPRecipientsRefused({ADDRESS: (550, REFUSED)}), True),
        (SMTPRecipientsRefused({ADDRESS: (451, REFUSED)}), False),
        (SMTPDataError(554, REFUSED), True),
        (SMTPDataError(452, b"full"), False),
        (SMTPAuthenticationError(535, b"no"), False),
        (SMTPSenderRefused(550, b"no", "kiemtin@example.org"), False),
        (SMTPConnectError(421, b"later"), False),
        (SMTPServerDisconnected("gone"), False),
        (ConnectionRefusedError(111, "refused"), False),
        (TimeoutError(), False),
    ],
)
def test_only_what_the_server_refuses_for_good_is_not_tried_again(error, is_permanent, telling, monkeypatch):
    class Broken(Connection):
        def send_messages(self, messages):
            raise error

    monkeypatch.setattr(module, "get_connection", Broken)
    with pytest.raises(TransportError) as caught, Mail().hand_over(ADDRESS, telling):
        pass
    assert caught.value.permanent is is_permanent
    assert not caught.value.is_doubtful
    assert "@" not in str(caught.value)
    assert str(caught.value)


@pytest.mark.parametrize(
    ("error", "is_doubtful"),
    [(SMTPServerDisconnected("gone"), True), (TimeoutError(), True), (SMTPDataError(452, b"full"), False)],
)
def test_who_got_the_mail_and_said_nothing_may_have_taken_it(error, is_doubtful, telling, monkeypatch):
    class Silent(Backend):
        def open(self):
            self.connection = _Smtp(local_hostname="here")

        def send_messages(self, messages):
            self.connection.has_sent_end = True
            raise error

    monkeypatch.setattr(module, "get_connection", Silent)
    with pytest.raises(TransportError) as caught, Mail().hand_over(ADDRESS, telling):
        pass
    assert caught.value.is_doubtful is is_doubtful
