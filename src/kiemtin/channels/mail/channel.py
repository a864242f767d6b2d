"""Hands mails to the mail server that the settings name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.channels.base import Telling, TransportError
from kiemtin.channels.mail.smtp import PATIENCE, Backend
from kiemtin.channels.mail.writing import write


class Mail:
    """Mail by SMTP (RFC 5321)."""

    name = "mail"
    label: str | Promise = _("Mail")

    def is_ready(self) -> bool:
        """Whether a mail server is set."""
        return bool(settings.KIEMTIN_SENDS_MAIL)

    @contextmanager
    def hand_over(self, address: str, telling: Telling) -> Iterator[None]:
        """Write the mail and hand it to the server; see `Channel.hand_over`."""
        mail, connection = write(address, telling), get_connection(patience=PATIENCE)
        try:
            _send(connection, mail)
            yield
        finally:
            with suppress(SMTPException, OSError):  # the mail is theirs, however they part
                connection.close()


def _send(connection: BaseEmailBackend, mail: EmailMessage) -> None:
    """Return when the server has taken the mail.

    A server that refuses the recipient or the content for good (5xx) is not asked again. One that refuses us (sign-in,
    sender) is: that is for whoever runs this installation to mend, and the replies wait for it. One that got the mail
    and is gone before it said anything may have taken it.
    """
    try:
        connection.open()  # here, so that sending does not wait for the goodbye
        connection.send_messages([mail])
    except SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise TransportError(_told("recipient refused", codes), permanent=_are_final(codes)) from None
    except SMTPDataError as error:
        codes = [error.smtp_code]
        raise TransportError(_told("content refused", codes), permanent=_are_final(codes)) from None
    except (SMTPAuthenticationError, SMTPSenderRefused) as error:
        raise TransportError(_told("we are refused", [error.smtp_code])) from None
    except (SMTPException, OSError) as error:
        is_doubtful = isinstance(connection, Backend) and connection.may_have_taken
        raise TransportError(type(error).__name__, is_doubtful=is_doubtful) from None


def _told(what: str, codes: list[int]) -> str:
    """Return the reason without the server's own words, which often repeat the address."""
    return f"{what} ({', '.join(map(str, codes))})"


def _are_final(codes: list[int]) -> bool:
    return bool(codes) and all(500 <= code < 600 for code in codes)
