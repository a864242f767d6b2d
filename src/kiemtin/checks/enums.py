"""Verdicts, the outcomes that carry none, and the words of the workflow."""

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


class Nature(TextChoices):
    """What kind of statement a case is about: the first question of every case. Only facts are checked."""

    FACT = "fact", _("A checkable statement of fact")
    OPINION = "opinion", _("Opinion or criticism")
    BELIEF = "belief", _("Belief")
    SATIRE = "satire", _("Satire")
    PREDICTION = "prediction", _("Prediction")


class Stage(TextChoices):
    """Where the working copy of a fact-check stands; `settled` means that nothing is being changed."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    APPROVED = "approved", _("Approved")
    SETTLED = "settled", _("Settled")


class PublicState(TextChoices):
    """What the public sees of a fact-check."""

    UNPUBLISHED = "unpublished", _("Not published")
    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class RevisionKind(TextChoices):
    """Why a revision was published."""

    FIRST = "first", _("First published")
    CORRECTION = "correction", _("Correction")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


class SourceKind(TextChoices):
    """How near a source is to what it tells."""

    PRIMARY = "primary", _("Primary source")
    SECONDARY = "secondary", _("Secondary source")


class Interest(TextChoices):
    """How a source stands to whoever the claim is about. A party's own word never settles a claim about it."""

    INDEPENDENT = "independent", _("Independent of whoever the claim is about")
    PARTY = "party", _("Party to the claim")


class CopyMethod(TextChoices):
    """How a copy of a source was come by."""

    FETCHED = "fetched", _("taken by the program")
    UPLOADED = "uploaded", _("handed in as a file")


class CopyLicence(TextChoices):
    """What readers get of a copy of a source."""

    PUBLIC = "public", _("Readers may download it")
    NAMED_ONLY = "named-only", _("Only named, with its date and SHA-256")


class CopyState(TextChoices):
    """Where taking a copy stands."""

    WAITING = "waiting", _("is being taken")
    FAILED = "failed", _("could not be taken")


class Standing(TextChoices):
    """How a source stands that a published check cites."""

    NEW = "new", _("not looked at yet")
    FINE = "fine", _("as it was")
    CHANGED = "changed", _("says something else now")
    GONE = "gone", _("gone")
    UNREACHABLE = "unreachable", _("cannot be reached")
    CLOSED = "closed", _("cannot be read by the program")


class Part(TextChoices):
    """What a person did in a round of work on a fact-check; nobody does both."""

    AUTHOR = "author", _("Author")
    APPROVER = "approver", _("Approver")


class Topic(TextChoices):
    """What a fact-check is about, for readers who look around."""

    SCAM = "scam", _("Scams")
    HEALTH = "health", _("Health")
    EVERYDAY = "everyday", _("Everyday life")
    SOCIETY = "society", _("Society")
    SCIENCE = "science", _("Science and technology")
    WORLD = "world", _("World")
    OTHER = "other", _("Other")


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
