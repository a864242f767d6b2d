"""Verdicts, and the outcomes that carry none."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """What a fact-check finds on a claim."""

    FALSE = "false", _("False")
    MISLEADING = "misleading", _("Misleading")
    MISSING_CONTEXT = "missing-context", _("Missing context")
    ALTERED = "altered", _("Altered")
    SCAM = "scam", _("Scam")
    UNPROVEN = "unproven", _("Unproven")
    TRUE = "true", _("True")

    @property
    def definition(self) -> str | Promise:
        """One line that says when this verdict is given."""
        return _VERDICT_DEFINITIONS[self]


class Outcome(TextChoices):
    """How a claim leaves the desk without a rating."""

    NOT_CHECKABLE = "not-checkable", _("Not checkable")
    DECLINED = "declined", _("Declined")

    @property
    def definition(self) -> str | Promise:
        """One line that says when this outcome is given."""
        return _OUTCOME_DEFINITIONS[self]


_VERDICT_DEFINITIONS: dict[Verdict, str | Promise] = {
    Verdict.FALSE: _("The evidence shows that the claim is wrong."),
    Verdict.MISLEADING: _("Parts are right, but the claim leads to a wrong conclusion."),
    Verdict.MISSING_CONTEXT: _("The claim is right, but without what is left out it is understood wrongly."),
    Verdict.ALTERED: _("The picture, sound, video or quotation was changed or made up."),
    Verdict.SCAM: _("The message is meant to take money, data or access from its reader."),
    Verdict.UNPROVEN: _("There is not enough evidence to say whether the claim is right or wrong."),
    Verdict.TRUE: _("The evidence shows that the claim is right."),
}

_OUTCOME_DEFINITIONS: dict[Outcome, str | Promise] = {
    Outcome.NOT_CHECKABLE: _("Opinion, belief, satire or prediction: there is no fact to check."),
    Outcome.DECLINED: _("The desk does not check this claim and says publicly why."),
}
