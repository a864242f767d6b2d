"""Bands, guards and errors of the matching core in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kiemtin.retrieval import Band, Guard
from kiemtin.retrieval.errors import RetrievalError

BAND_LABELS: dict[Band, str | Promise] = {
    Band.ANSWER: _("Answered: this was checked"),
    Band.MAYBE: _("Perhaps: is it one of these?"),
    Band.NONE: _("No answer: no published check fits this message"),
}

GUARD_SENTENCES: dict[Guard, str | Promise] = {
    Guard.NUMBERS: _("A number in the message differs from the check."),
    Guard.DATES: _("A date in the message differs from the check."),
    Guard.AMOUNTS: _("An amount in the message differs from the check."),
    Guard.NAMES: _("A name in the message differs from the check."),
    Guard.NEGATION: _("One of the two, message or check, says that it is so and the other that it is not."),
    Guard.LINK_ONLY: _("The message is only a link; add what it says."),
    Guard.TOO_SHORT: _("The message is too short to be sure."),
}

_ERRORS: dict[str, str | Promise] = {
    "message-empty": _("There is nothing readable in the message."),
    "message-too-long": _("The message is too long; at most %(limit)s characters can be checked."),
    "message-not-text": _("The message is not text."),
    "index-missing": _("The index has not been made yet. Run: kiemtin index"),
    "index-format": _("The index belongs to another version or is damaged. Run: kiemtin index"),
    "index-locked": _("Another process is writing to the index. Try again when it is done."),
    "index-not-written": _("The index could not be written; is the disk full? What was in it before is still there."),
    "encoder-unavailable": _("The encoder is not installed."),
    "model-file": _("The file with the weights of the matching is missing or damaged. Install the program again."),
}


def error_sentence(error: RetrievalError) -> str:
    """Return what an error of the matching core means; its general sentence where it has none of its own."""
    sentence = _ERRORS.get(error.code)
    return gettext("The message cannot be matched.") if sentence is None else str(sentence) % error.params
