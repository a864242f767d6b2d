"""Mails an invitation."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from kiemtin.accounts.models import Invitation

_log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, *, link: str, language: str) -> bool:
    """Mail the link in a language; return whether the mail server took it."""
    with override(language):
        subject = _("Invitation to the desk of %(desk)s") % {"desk": invitation.desk.name}
        body = render_to_string("desk/mail/invitation.txt", {"invitation": invitation, "link": link})
    try:
        send_mail(" ".join(subject.split()), body.strip() + "\n", None, [invitation.email])
    except (OSError, SMTPException):
        _log.exception("an invitation could not be mailed")
        return False
    return True
