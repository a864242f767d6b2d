"""Writes the mail of an answer, a correction or a withdrawal: plain text and HTML, in the asker's language."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from kiemtin.channels.base import Telling
from kiemtin.channels.mail.links import Links
from kiemtin.questions.enums import ReplyKind

_BLANK_LINES = re.compile(r"\n{3,}")
_LONGEST_CLAIM = 90  # characters of a subject that a phone shows in two lines
_REVIEW_SUBJECTS: dict[str, str | Promise] = {
    ReplyKind.ANSWER: gettext_lazy("Checked by %(publisher)s: “%(claim)s”"),
    ReplyKind.CORRECTION: gettext_lazy("Changed by %(publisher)s: “%(claim)s”"),
    ReplyKind.WITHDRAWAL: gettext_lazy("Withdrawn by %(publisher)s: “%(claim)s”"),
}


def write(address: str, telling: Telling) -> EmailMultiAlternatives:
    """Return the mail, ready to be handed over. It loads nothing from anywhere and tells nobody that it was read.

    Its Message-ID is the same at each attempt, so that a mail handed over twice can be seen as one (RFC 5322, 3.6.4);
    it can be unsubscribed with one click (RFC 8058), and no machine answers it (RFC 3834).
    """
    with override(telling.language):
        links = Links.of(telling)
        context = {
            "telling": telling,
            "links": links,
            "template": _template(telling),
            "site_address": settings.KIEMTIN_ADDRESS,
            "subject": subject_of(telling),
            "preheader": _preheader(telling),
        }
        text = render_to_string("channels/mail/reply.txt", context)
        html = render_to_string("channels/mail/reply.html", context)
        subject = context["subject"]
    contact = telling.fact_check.desk.contact if telling.fact_check is not None else ""
    mail = EmailMultiAlternatives(
        subject=str(subject),
        body=_BLANK_LINES.sub("\n\n", text.strip()) + "\n",
        to=[address],
        reply_to=[contact] if contact else None,
        headers={
            "Message-ID": telling.message_id,
            "List-Unsubscribe": f"<{links.forget}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": telling.language,
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def subject_of(telling: Telling) -> str:
    """Return the subject, in the active language: the verdict's word comes first."""
    if telling.external_review is not None:
        given = {
            "publisher": _line(telling.external_review.publisher_name),
            "claim": _short(telling.external_review.claim),
        }
        return str(_REVIEW_SUBJECTS.get(telling.kind, _REVIEW_SUBJECTS[ReplyKind.ANSWER])) % given
    if telling.revision is None:
        is_declined = telling.kind == ReplyKind.DECLINED
        about = _("the desk does not check it") if is_declined else _("there is no fact to check")
        return _("About your question: %(about)s") % {"about": about}
    given = {"claim": _short(telling.revision.claim), "verdict": telling.revision.get_verdict_display()}
    if telling.kind == ReplyKind.WITHDRAWAL:
        return _("Withdrawn: our answer on “%(claim)s”") % given
    if telling.kind == ReplyKind.CORRECTION:
        return _("Corrected, now %(verdict)s: “%(claim)s”") % given
    return _("%(verdict)s: “%(claim)s”") % given


def _preheader(telling: Telling) -> str:
    """Return what mail programs show beside the subject."""
    if telling.external_review is not None:
        return telling.external_review.summary
    if telling.revision is None:
        return telling.explanation or telling.public_reason
    return telling.revision.note or telling.revision.summary


def _template(telling: Telling) -> str:
    """Return the name of the template with what is told."""
    if telling.external_review is not None:
        return "review" if telling.kind == ReplyKind.ANSWER else f"review-{telling.kind}"
    return str(telling.kind)


def _short(text: str) -> str:
    line = _line(text)
    return line if len(line) <= _LONGEST_CLAIM else line[: _LONGEST_CLAIM - 1].rstrip() + "…"


def _line(text: str) -> str:
    return " ".join(text.split())
