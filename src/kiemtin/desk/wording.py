"""Words for what stands as a mark in a masked text."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kiemtin.questions.masking import MARK, Kind

KIND_WORDS: dict[Kind, str | Promise] = {
    Kind.PHONE: _("phone number"),
    Kind.ID_NUMBER: _("identity number"),
    Kind.ACCOUNT: _("account number"),
    Kind.CARD: _("card number"),
    Kind.EMAIL: _("mail address"),
    Kind.PLATE: _("number plate"),
    Kind.PASSPORT: _("passport number"),
    Kind.PROFILE: _("profile link"),
    Kind.TAX_CODE: _("tax code"),
    Kind.ADDRESS: _("address"),
    Kind.NAME: _("name"),
}
"""The same words as in the template `kiemtin/components/masked.html` (a test compares them)."""


def readable(text: str) -> str:
    """Return a masked text with the marks in the reader's language, for where a chip does not fit: `[phone number]`."""
    return MARK.sub(_word, str(text))


def _word(mark: re.Match[str]) -> str:
    return f"[{KIND_WORDS[Kind(mark['kind'])]}]"
