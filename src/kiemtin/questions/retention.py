"""What is kept, and for how long: the one table of it.

The privacy page prints this table and the worker deletes by it, so that what is said and what is done cannot differ.
`kiemtin doctor` looks by it for what should be gone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kiemtin.questions import overdue
from kiemtin.questions.actions.ask_with_picture import AT_DESK_FOR
from kiemtin.questions.actions.need_picture import NEEDED_FOR
from kiemtin.questions.actions.take_picture import UNASKED_FOR
from kiemtin.questions.limits import LONGEST_WINDOW
from kiemtin.questions.outbox import KEPT_FOR

_GOOD = gettext_lazy("For good")
_DAY = dt.timedelta(days=1)


class Whose(StrEnum):
    """Whom it is about."""

    ASKERS = "askers"
    REPORTERS = "reporters"
    STAFF = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the table.

    Attributes
    ----------
    name
        Stable, for the log and the doctor.
    what
        What is kept, for readers.
    kept
        For how long, for readers; `%(time)s` stands for a time by its name.
    times
        Those times.
    due
        Returns the rows whose time is over at a moment; None for what is kept for good.
    forget
        Deletes, or empties, such rows; returns how many.
    is_told
        Whether the log says how many: not of what comes and goes by the minute.
    """

    name: str
    whose: Whose
    what: str | Promise
    kept: str | Promise
    times: Mapping[str, dt.timedelta] = field(default_factory=dict)
    due: Callable[[dt.datetime], QuerySet[Any]] | None = None
    forget: Callable[[QuerySet[Any]], int] = overdue.delete
    is_told: bool = True

    @property
    def how_long(self) -> str:
        """For how long it is kept, in the active language."""
        return str(self.kept) % {name: in_words(time) for name, time in self.times.items()}


def in_words(time: dt.timedelta) -> str:
    """Return a time in words, in the active language."""
    if time.days == 365:
        return _("one year")
    if time.days == 1:
        return _("one day")
    if time.days:
        return ngettext("%(count)d day", "%(count)d days", time.days) % {"count": time.days}
    minutes = int(time.total_seconds() // 60)
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


RULES: tuple[Rule, ...] = (
    Rule(
        name="texts",
        whose=Whose.ASKERS,
        what=gettext_lazy(
            "The text, after phone, identity, account, card, tax and passport numbers, number plates, mail addresses, "
            "profiles, house addresses and, where the words around them tell, names were covered. The text as you sent "
            "it is never stored."
        ),
        kept=gettext_lazy(
            "For good where it is checked: it is how the next copy of the message is recognised. Where it was declined "
            "or closed without a rating: until %(closed)s after that, and after it was last asked about. Then it is "
            "deleted; how often it was asked about and the public reason stay."
        ),
        times={"closed": overdue.CLOSED_FOR},
        due=overdue.texts,
        forget=overdue.empty_texts,
    ),
    Rule(
        name="pictures",
        whose=Whose.ASKERS,
        what=gettext_lazy(
            "A picture that you send: its pixels, encrypted. Where and when it was taken, and all else that a file "
            "says beside them, is removed before. Faces are never looked at."
        ),
        kept=gettext_lazy(
            "Until there is an answer. If our desk must look first: %(desk)s, or %(needed)s from sending it if a "
            "checker needs it."
        ),
        times={"desk": AT_DESK_FOR, "needed": NEEDED_FOR},
        due=overdue.pictures,
        forget=overdue.empty_pictures,
    ),
    Rule(
        name="unasked",
        whose=Whose.ASKERS,
        what=gettext_lazy("A picture that you sent and did not go on to ask about, with what was read from it"),
        kept="%(unasked)s",
        times={"unasked": UNASKED_FOR},
        due=overdue.unasked,
    ),
    Rule(
        name="photos",
        whose=Whose.ASKERS,
        what=gettext_lazy(
            "A fingerprint of the looks of a picture without text, by which the next copy of it is recognised"
        ),
        kept=_GOOD,
    ),
    Rule(
        name="requests",
        whose=Whose.ASKERS,
        what=gettext_lazy(
            "That somebody asked: receipt code, time, language, through which channel, and what was shown as the "
            "answer. Not who."
        ),
        kept=_GOOD,
    ),
    Rule(
        name="agreements",
        whose=Whose.ASKERS,
        what=gettext_lazy(
            "Whether you agreed, on the page of your receipt, that this text is published as open data: yes or no"
        ),
        kept=gettext_lazy("A yes until you take it back on that page"),
    ),
    Rule(
        name="askers",
        whose=Whose.ASKERS,
        what=gettext_lazy(
            "A keyed hash of the network address and the browser you asked with, so that one person counts once a day. "
            "The address itself is not stored, and tomorrow's hash is another one."
        ),
        kept="%(asker)s",
        times={"asker": overdue.ASKER_FOR},
        due=overdue.askers,
        forget=overdue.empty_askers,
    ),
    Rule(
        name="addresses",
        whose=Whose.ASKERS,
        what=gettext_lazy(
            "If you leave one: the mail address that the answer goes to. It is encrypted, and used for nothing else."
        ),
        kept=gettext_lazy(
            "Until %(answered)s after the last answer, or %(unanswered)s if none comes, or until you delete it on the "
            "page of your receipt"
        ),
        times={"answered": KEPT_FOR, "unanswered": overdue.UNANSWERED_FOR},
        due=overdue.addresses,
        forget=overdue.delete_addresses,
    ),
    Rule(
        name="demand",
        whose=Whose.ASKERS,
        what=gettext_lazy("How often a message was asked about on which day"),
        kept=_GOOD,
    ),
    Rule(
        name="sites",
        whose=Whose.ASKERS,
        what=gettext_lazy("So that copies of a scam are found: web sites and short links in the text"),
        kept=_GOOD,
    ),
    Rule(
        name="numbers",
        whose=Whose.ASKERS,
        what=gettext_lazy(
            "For the same: of phone and account numbers that it offers a keyed hash and the last three digits, with "
            "how often they were asked about. No number can be read from it."
        ),
        kept=gettext_lazy("%(numbers)s after they were last asked about"),
        times={"numbers": overdue.NUMBERS_FOR},
        due=overdue.numbers,
    ),
    Rule(
        name="pages",
        whose=Whose.ASKERS,
        what=gettext_lazy("What stood on a page whose link was asked about, covered in the same way"),
        kept="%(pages)s",
        times={"pages": overdue.PAGES_FOR},
        due=overdue.pages,
    ),
    Rule(
        name="buckets",
        whose=Whose.ASKERS,
        what=gettext_lazy("Counters against floods: keyed hashes of network addresses, with a number"),
        kept=gettext_lazy("%(longest)s at most"),
        times={"longest": LONGEST_WINDOW},
        due=overdue.buckets,
        is_told=False,
    ),
    Rule(
        name="reports",
        whose=Whose.REPORTERS,
        what=gettext_lazy(
            "The text of an error report, covered in the same way, with the fact-check it is about. Nothing about you."
        ),
        kept=gettext_lazy("%(reports)s after the desk has dealt with it; what came of it stays"),
        times={"reports": overdue.REPORTS_FOR},
        due=overdue.reports,
        forget=overdue.empty_reports,
    ),
    Rule(
        name="people",
        whose=Whose.STAFF,
        what=gettext_lazy(
            "The name that stands under their work, the mail address they sign in with, their role, and in a log what "
            "they did when"
        ),
        kept=gettext_lazy("For good: what is published says who answers for it"),
    ),
    Rule(
        name="sessions",
        whose=Whose.STAFF,
        what=gettext_lazy("That somebody is signed in"),
        kept=gettext_lazy(
            "%(session)s, or until they sign out, choose another password or leave a desk, whichever is first"
        ),
        times={"session": dt.timedelta(seconds=settings.SESSION_COOKIE_AGE)},
        due=overdue.sessions,
        is_told=False,
    ),
    Rule(
        name="attempts",
        whose=Whose.STAFF,
        what=gettext_lazy("Attempts to sign in: keyed hashes of network addresses and accounts, with times"),
        kept=gettext_lazy("%(attempts)s at most"),
        times={"attempts": overdue.ATTEMPTS_FOR},
        due=overdue.attempts,
        is_told=False,
    ),
    Rule(
        name="invitations",
        whose=Whose.STAFF,
        what=gettext_lazy("The mail address of somebody who was invited"),
        kept=gettext_lazy("%(invitations)s after the invitation was accepted, taken back or too old"),
        times={"invitations": overdue.INVITATIONS_FOR},
        due=overdue.invitations,
    ),
    Rule(
        name="tokens",
        whose=Whose.STAFF,
        what=gettext_lazy("What a program of a desk was let in with: a hash, its name, and on which day it last came"),
        kept=gettext_lazy("%(tokens)s after it was revoked or too old"),
        times={"tokens": overdue.TOKENS_FOR},
        due=overdue.tokens,
    ),
)
"""Every kind of thing that is kept about people, and what is never deleted of it too."""
