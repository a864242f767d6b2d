"""What is masked, and the mark that stands in its place."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """A kind of personal data; the value is the word in its mark."""

    PHONE = "phone"
    ID_NUMBER = "id-number"
    ACCOUNT = "account"
    CARD = "card"
    EMAIL = "email"
    PLATE = "plate"
    PASSPORT = "passport"
    PROFILE = "profile"
    TAX_CODE = "tax-code"
    ADDRESS = "address"
    NAME = "name"

    @property
    def mark(self) -> str:
        """What stands in the text instead, the same in every language."""
        return f"[{self.value}]"


MARK = re.compile(rf"\[(?P<kind>{'|'.join(kind.value for kind in Kind)})\]")
"""Finds a mark; the group ``kind`` is the value of its `Kind`."""


def unmarked(text: str) -> str:
    """Put a space for every mark, so that matching never compares the words in them."""
    return MARK.sub(" ", text)
