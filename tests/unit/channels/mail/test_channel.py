from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
)

import pytest
from django.core import mail

from kiemtin.channels.mail import channel as module
from kiemtin.channels.mail.channel import Mail
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


def test_a_mail_is_handed_over(telling):
    Mail().send(ADDRESS, telling)
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
    class Broken:
        def send_messages(self, messages):
            raise error

    monkeypatch.setattr(module, "get_connection", Broken)
    with pytest.raises(TransportError) as caught:
        Mail().send(ADDRESS, telling)
    assert caught.value.permanent is is_permanent
    assert "@" not in str(caught.value)
    assert str(caught.value)
