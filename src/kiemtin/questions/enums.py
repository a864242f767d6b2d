"""Words of what is asked: states of cases, bands, replies."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    """Where a case stands."""

    OPEN = "open", _("Open")
    IN_PROGRESS = "in-progress", _("In progress")
    IN_REVIEW = "in-review", _("In review")
    PUBLISHED = "published", _("Published")
    NOT_CHECKABLE = "not-checkable", _("Not checkable")
    DECLINED = "declined", _("Declined")
    MERGED = "merged", _("Merged")


class Answered(TextChoices):
    """How sure the program was of a message: the bands of the matching core."""

    ANSWER = "answer", _("Answered at once")
    MAYBE = "maybe", _("Asked back")
    NONE = "none", _("Nothing fits")


class Decision(TextChoices):
    """What a person said of a match."""

    OPEN = "open", _("Not decided")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class Decider(TextChoices):
    """Who decided on a match: never by name."""

    ASKER = "asker", _("Asker")
    DESK = "desk", _("Desk")
    PROGRAM = "program", _("Program")


class PictureState(TextChoices):
    """Where a picture that somebody asks about stands."""

    WAITING = "waiting", _("Waiting to be read")
    READING = "reading", _("Being read")
    READ = "read", _("Read")
    ASKED = "asked", _("Asked")


class IndicatorKind(TextChoices):
    """What copies of one scam have in common, whatever words surround it."""

    DOMAIN = "domain", _("Web site")
    SHORT_LINK = "short-link", _("Short link")
    PHONE = "phone", _("Telephone number")
    ACCOUNT = "account", _("Account number")


class PageState(TextChoices):
    """What came of opening a link that was asked about."""

    WAITING = "waiting", _("Is being opened")
    READ = "read", _("Read")
    FAILED = "failed", _("Could not be read")


class ReplyKind(TextChoices):
    """Why somebody who asked is told something."""

    ANSWER = "answer", _("Answer")
    CORRECTION = "correction", _("Correction")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    NOT_CHECKABLE = "not-checkable", _("Not checkable")
    DECLINED = "declined", _("Declined")


class ReplyState(TextChoices):
    """Where a reply to send stands."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    SUPERSEDED = "superseded", _("Overtaken by a newer one")
    CANCELLED = "cancelled", _("Cancelled")


class ChangeKind(TextChoices):
    """How messages came from one case into another."""

    JOIN = "join", _("Joined by the program")
    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Split")


class Language(TextChoices):
    """Languages that askers are answered in."""

    VI = "vi", _("Vietnamese")
    EN = "en", _("English")
