"""Errors of what is done to cases and replies. Each has a stable `code` and a sentence that says what to do."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.exceptions import WorkError


class CaseError(WorkError):
    """Something cannot be done to a case. `sentence` is shown to the person who tried."""

    code = "case"
    sentence: ClassVar[str | Promise] = _("This cannot be done with this case.")


class NotAFactError(CaseError):
    """Only a checkable statement of fact is checked and answered; nobody has said that this is one."""

    code = "not-a-fact"
    sentence = _("Say first that the case is a checkable statement of fact. Nothing else is rated.")


class FactError(CaseError):
    """A statement of fact is not closed as not checkable."""

    code = "is-a-fact"
    sentence = _("A statement of fact can be checked. Decline it with a public reason if the desk will not do it.")


class AlreadyTakenError(CaseError):
    """Somebody else works on it."""

    code = "already-taken"
    sentence = _("Somebody else works on this case. Assign it to yourself if that is agreed.")


class CannotWorkError(CaseError):
    """The person is no active checker of the desk."""

    code = "cannot-work"
    sentence = _("This person is no active checker of the desk.")


class HasFactCheckError(CaseError):
    """The case has a fact-check of its own, which cannot be shared or lost."""

    code = "has-fact-check"
    sentence = _("This case has a fact-check of its own. Merge the other case into this one instead.")


class CarriesVerdictError(CaseError):
    """Messages would silently get the outcome of a case that is already decided."""

    code = "carries-verdict"
    sentence = _(
        "The other case is already decided, so everyone who asked here would get its outcome. "
        "An editor may do it by choosing expressly that those who asked are told."
    )


class NotAnAnswerError(CaseError):
    """It is not published, or it was withdrawn: nobody is answered with it."""

    code = "not-an-answer"
    sentence = _("Only a published check that was not withdrawn answers a case.")


class OtherDeskError(CaseError):
    """The two belong to different desks."""

    code = "other-desk"
    sentence = _("Both must belong to the same desk.")


class SameCaseError(CaseError):
    """A case cannot be merged into itself."""

    code = "same-case"
    sentence = _("Choose another case.")


class WrongMessagesError(CaseError):
    """The messages are none, not of this case, or all it has."""

    code = "wrong-messages"
    sentence = _("Choose some messages of this case, and leave at least one in it.")


class MessagesMovedError(CaseError):
    """The messages are no longer where the change put them, so it cannot be undone."""

    code = "messages-moved"
    sentence = _("Some of these messages have gone on to another case since. Undo that first.")


class AlreadyUndoneError(CaseError):
    """The change was undone before."""

    code = "already-undone"
    sentence = _("This was undone before.")


class NoCaseError(CaseError):
    """The message belongs to no case yet."""

    code = "no-case"
    sentence = _("This message belongs to no case yet. Try again in a moment.")


class AddressError(CaseError):
    """An address to reply to is none, or is named by too many questions."""

    code = "bad-address"
    sentence = _("This is no mail address. Look at it once more.")


class TooManyAddressesError(AddressError):
    """So many open questions name the address that it may be somebody else's."""

    code = "too-many-addresses"
    sentence = _("Too many questions name this address. Keep the receipt code instead.")


class NotWaitingError(CaseError):
    """Only a reply that failed is sent again."""

    code = "not-waiting"
    sentence = _("Only a reply that failed can be sent again.")


class UnreadableAddressError(CaseError):
    """An address cannot be decrypted: the key that it was encrypted with is gone."""

    code = "address-unreadable"
    sentence = _("The address cannot be read: its key is missing from the file reply-key.")


class UnreadablePictureError(CaseError):
    """A picture cannot be decrypted: the key that it was encrypted with is gone."""

    code = "picture-unreadable"
    sentence = _("The picture cannot be shown: its key is missing from the file reply-key.")


class CaseChangedError(CaseError):
    """A proposal, message or change is not in the case any more: somebody, or the program, was quicker."""

    code = "case-changed"
    sentence = _("The case has changed meanwhile: what you meant is not in it any more. Nothing was done.")


class PictureGoneError(CaseError):
    """The picture was deleted meanwhile."""

    code = "picture-gone"
    sentence = _("The picture is deleted already. Its text stays.")


class AlreadyHandledError(CaseError):
    """Somebody was done with the report before."""

    code = "already-handled"
    sentence = _("Somebody else was done with this report before you.")


class TooManyViewsError(CaseError):
    """The person keeps as many views as they may."""

    code = "too-many-views"
    sentence = _("You have as many views as one person can keep. Delete one first.")


class NameTakenError(CaseError):
    """The person has another view of that name."""

    code = "name-taken"
    sentence = _("You have another view of this name.")


class UnknownMessageError(Exception):
    """There is no message of this number."""

    code = "message-unknown"
