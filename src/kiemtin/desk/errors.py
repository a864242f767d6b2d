"""The sentence for what cannot be done, by the stable code of the error."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.exceptions import WorkError

SENTENCES: dict[str, str | Promise] = {
    "not-allowed": _("Your role does not include this."),
    "wrong-state": _("This cannot be done in the state it is in now. Somebody may have been quicker: look again."),
    "own-work": _("Who wrote a fact-check cannot approve it. Another editor must look at it."),
    "conflict-of-interest": _("Whoever declared a conflict of interest cannot work on this case."),
    "stale-version": _("Somebody else has saved since. Nothing of yours was written over theirs."),
    "incomplete": _("Something is still missing."),
    "no-choice": _("Please choose one first."),
    "empty-text": _("Please write something first."),
    "already-member": _("This person is in the desk already."),
    "last-administrator": _("A desk keeps at least one administrator. Make somebody else administrator first."),
    "invitation-closed": _("This invitation is no longer open."),
    "account-exists": _("This address has an account. Sign in to accept."),
    "other-address": _("The invitation is for another address than the one you are signed in with."),
    "desk-exists": _("There is a desk with this short name."),
    "reserved-slug": _("This short name cannot be used."),
    "bad-slug": _("A short name is made of small letters, digits and hyphens."),
    "bad-token": _("Something that the token needs is missing or wrong."),
    "token-closed": _("This token lets nobody in any more."),
    "source-exists": _("This address is followed already."),
    "source-address": _("Each address begins with http:// or https:// and holds no user name or password."),
    "source-own": _("This is the address of this installation. Its own checks answer without it."),
    "source-too-often": _("A source of this kind is not looked at so often."),
    "source-busy": _("This source is being fetched just now."),
    "copy-too-large": _("This file is larger than 25 MB. Make it smaller and try again."),
    "copy-in-use": _("Readers are told of this copy, so it stays."),
    "not-cited": _("Give the source its whole address first, beginning with https:// or http://."),
    "not-a-copy": _("This is neither a PDF nor a picture that can be opened. Choose another file."),
    "past-day": _("Choose a day after today."),
    "intake-taken": _("Another desk takes in the questions."),
}


def sentence(error: WorkError) -> str:
    """Return what to tell the person who tried."""
    return str(SENTENCES.get(error.code) or getattr(error, "sentence", "") or gettext("This cannot be done now."))
