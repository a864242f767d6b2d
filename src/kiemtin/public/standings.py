"""What each place of a question on its way is called on the page of its receipt."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.questions.receipts import Standing

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Told:
    """Heading and first sentence of the page, and what the step of the same name means while it is the present one."""

    heading: Words
    lead: Words = ""
    step: Words = ""


_UNCHECKED = _("Nobody has checked this yet")

TOLD: dict[Standing, Told] = {
    Standing.RECEIVED: Told(
        _UNCHECKED, _("We have your question. Our desk takes it up; what is asked most is checked first.")
    ),
    Standing.ASKED_BACK: Told(
        _("Is it one of these?"),
        _("We found something similar but are not sure. Please look and choose."),
        _("If none of them is it, say so, and the desk takes it up at once."),
    ),
    Standing.AT_DESK: Told(
        _UNCHECKED,
        _("Your question is with the desk. What is asked most is checked first."),
        _("What is asked most is checked first."),
    ),
    Standing.IN_PROGRESS: Told(
        _("This is being checked"),
        _("A fact-checker is working on it."),
        _("A fact-checker is looking for sources."),
    ),
    Standing.IN_REVIEW: Told(
        _("The answer is almost there"),
        _("An editor looks at it before it is published."),
        _("Nobody approves their own work."),
    ),
    Standing.ANSWERED: Told(_("This has been checked")),
    Standing.WITHDRAWN: Told(_("The answer was withdrawn")),
    Standing.NOT_CHECKABLE: Told(_("There is no fact to check here")),
    Standing.DECLINED: Told(_("The desk does not check this")),
}

TO_COME: dict[Standing, Words] = {Standing.ANSWERED: _("You will see it on this page.")}
"""What a step that is to come promises."""
