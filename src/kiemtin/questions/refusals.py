"""Why a question is not taken. Each error has a stable `code` and a sentence; none ever holds what was asked."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.exceptions import WorkError


class RefusalError(WorkError):
    """A question or a report is not taken."""

    code = "refused"
    template: ClassVar[str | Promise] = _("This cannot be taken.")

    @property
    def sentence(self) -> str:
        """What to tell the asker, in the active language."""
        return str(self.template) % self.params


class NothingToReadError(RefusalError):
    """There is no readable text."""

    code = "message-empty"
    template = _("There is nothing readable in the message.")


class TooLongError(RefusalError):
    """The text is longer than `params["limit"]` characters."""

    code = "message-too-long"
    template = _("The message is too long; at most %(limit)s characters can be checked.")


class NotATextError(RefusalError):
    """It is a file or the like, not a text."""

    code = "message-not-text"
    template = _("The message is not text.")


class OnlyPersonalDataError(RefusalError):
    """After masking nothing is left that could be checked."""

    code = "message-only-personal-data"
    template = _(
        "Apart from personal data, which we do not keep, nothing is left to check. "
        "Paste the whole message, or write what it says."
    )


class PictureRefusedError(RefusalError):
    """A file is no picture that can be taken; `params["reason"]` is the code of `media.pictures.PictureError`."""

    code = "picture-refused"

    def __init__(self, reason: str) -> None:
        super().__init__(f"picture: {reason}", reason=reason)

    @property
    def sentence(self) -> str:
        """What to tell the asker, in the active language."""
        return str(_OF_PICTURES.get(str(self.params["reason"]), _OF_PICTURES["broken"]))


_OF_PICTURES = {
    "too-large": _("The picture is too large: at most 10 MB. Take a screenshot of it, and send that."),
    "not-a-picture": _("This file is no picture. Send a JPEG, PNG, WebP, HEIC or GIF file, or paste the text."),
    "unsupported": _("This kind of file is not taken. Take a screenshot of it, and send that, or paste the text."),
    "too-many-pixels": _("The picture has too many pixels. Take a screenshot of it, and send that."),
    "broken": _("The picture is damaged or did not arrive whole. Please send it again, or paste the text."),
    "too-slow": _("The picture takes too long to open. Take a screenshot of it, and send that."),
    "busy": _("Many pictures are coming in just now. Please try again in a moment, or paste the text."),
}


class TooManyError(RefusalError):
    """A limit is reached; it can be tried again after `retry_after` seconds."""

    code = "too-many"
    template = _("That was very often. Please try again in %(minutes)s minutes.")

    def __init__(self, *, limit: str, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"limit {limit} is reached", limit=limit, minutes=-(-retry_after // 60))


class HoneypotError(RefusalError):
    """A field that people do not see was filled in."""

    code = "honeypot"
    template = _("This looks as if a program had sent it. Leave the hidden field empty and send it again.")


class NotAskedError(RefusalError):
    """The asker was not asked back about this."""

    code = "not-asked"
    template = _("This choice does not belong to your question.")


class GoneError(RefusalError):
    """What was offered as an answer is no longer one."""

    code = "gone"
    template = _("This check was withdrawn in the meantime, so it answers nothing any more.")


class UnknownCodeError(RefusalError):
    """No question has this receipt code."""

    code = "unknown-code"
    template = _("There is no question with this code. Look at it once more.")
