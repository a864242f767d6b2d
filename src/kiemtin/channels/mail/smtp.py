"""SMTP as Django speaks it, but patient at the one moment at which impatience makes doubles.

After the end of a mail the server may take long to answer: it stores the mail, or scans it. Who hangs up meanwhile
cannot know whether it was taken, sends it again, and it arrives twice; RFC 5321, 4.5.3.2.6, therefore asks for ten
minutes of patience there.
"""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING, Any

from django.core.mail.backends.smtp import EmailBackend

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

PATIENCE = 600.0
"""Seconds to wait for the answer to the end of a mail."""

_END = b"\r\n.\r\n"


class _Smtp(smtplib.SMTP):
    """Waits `patience` for the answer to the end of a mail; None: no longer than for any other answer.

    `has_sent_end`: whether the end of a mail is, or may be, with the server, which has taken the mail if it likes it.
    """

    patience: float | None = None
    has_sent_end: bool = False

    def send(self, s: ReadableBuffer | str) -> None:
        """Send it, and wait for what comes back as long as it is worth."""
        is_end = isinstance(s, bytes) and s.endswith(_END)
        self.has_sent_end |= is_end
        super().send(s)
        if self.patience is not None and self.sock is not None:
            self.sock.settimeout(self.patience if is_end else self.timeout)


class _SmtpSsl(_Smtp, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """Django's backend.

    Parameters
    ----------
    patience
        Seconds to wait for the answer to the end of a mail. In a web process nobody can wait long: None, as for others.
    """

    def __init__(self, *args: Any, patience: float | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self._patience = patience

    @property
    def may_have_taken(self) -> bool:
        """Whether the server has got a mail to its end; what it said to that is another matter."""
        return isinstance(self.connection, _Smtp) and self.connection.has_sent_end

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return what speaks to the server."""
        return _SmtpSsl if self.use_ssl else _Smtp

    def open(self) -> Any:  # noqa: ANN401  (Django's own)
        """Connect and sign in; see Django."""
        opened = super().open()
        if isinstance(self.connection, _Smtp):
            self.connection.patience = self._patience
        return opened
