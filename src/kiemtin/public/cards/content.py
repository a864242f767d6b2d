"""What stands on a card, and the shapes it comes in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

WITHDRAWN = "withdrawn"


class CardError(Exception):
    """A card cannot be drawn; `code` says why and stays the same across versions."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Shape(Enum):
    """Width and height of a card, in pixels."""

    WIDE = (1200, 630)  # what link previews ask for (Open Graph)
    SQUARE = (1080, 1080)  # what people save and post into a group

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.value[0]

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class CardContent:
    """The words of a card, all in one language and ready to be shown.

    Attributes
    ----------
    claim
        The checked statement, without quotation marks around it.
    verdict
        Slug of the verdict, or `withdrawn`: chooses sign and colour.
    verdict_label
        The verdict's word.
    verdict_line
        The verdict's meaning in one line; of a withdrawn check, what that means for the reader.
    publisher
        Who stands for the check.
    address
        Where to read it, as one would type it: no scheme.
    date
        When it was checked, written out.
    note
        What happened to the check after it was published ("Corrected on …"), if anything.
    """

    claim: str
    verdict: str
    verdict_label: str
    verdict_line: str
    publisher: str
    address: str
    date: str
    note: str = ""
