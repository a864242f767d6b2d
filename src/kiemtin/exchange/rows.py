"""What a reader gives: a row with its reviews, or a bad row with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kiemtin.checks.review import Review


class Fault(TextChoices):
    """Why a row is left out."""

    NOT_UTF8 = "not-utf8", _("it is not valid UTF-8")
    NOT_JSON = "not-json", _("it is not valid JSON")
    NOT_OBJECT = "not-object", _("it is not a JSON object")
    TOO_DEEP = "too-deep", _("it is nested too deeply")
    TOO_LARGE = "too-large", _("it is too large for one review")
    NO_CLAIM_REVIEW = "no-claim-review", _("there is no ClaimReview in it")
    NO_CLAIM = "no-claim", _("it has no claim text (claimReviewed)")
    CLAIM_TOO_LONG = "claim-too-long", _("its claim text is too long")
    NO_PUBLISHER = "no-publisher", _("it names neither an address nor a publisher")
    NO_ID = "no-id", _("it has no usable _id")
    NO_TEXT = "no-text", _("it has neither a title nor a text")
    SAME_ID = "same-id", _("its _id appeared before")
    TRUNCATED = "truncated", _("the file ends in the middle; everything before was kept")
    BROKEN = "broken", _("the JSON is broken here and cannot be read further; everything before was kept")
    ENDLESS = "endless", _("a text in it does not end within four million bytes; everything before was kept")
    BROKEN_GZIP = "broken-gzip", _("the compressed file is damaged here; everything before was kept")
    BROKEN_ZIP = "broken-zip", _("the zip file is damaged here; everything before was kept")
    UNPACKS_TOO_LARGE = "unpacks-too-large", _("it unpacks to more than is read; everything before was kept")
    BAD_ROW = "bad-row", _("its cells do not fit the columns")
    MISSING_COLUMN = "missing-column", _("the table lacks a column that is needed")
    NOT_RATED = "not-rated", _("its publisher calls it an opinion or nothing to check: it carries no rating")
    UNREADABLE = "unreadable", _("the file cannot be read further; everything before was kept")


CUT_SHORT = frozenset(
    {
        Fault.TRUNCATED,
        Fault.BROKEN,
        Fault.ENDLESS,
        Fault.BROKEN_GZIP,
        Fault.BROKEN_ZIP,
        Fault.UNPACKS_TOO_LARGE,
        Fault.MISSING_COLUMN,
        Fault.UNREADABLE,
    }
)
"""Faults after which content is not whole: what is missing from it may only not have been read."""


class RowError(Exception):
    """A row cannot become a review."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Item:
    """A row that could be read: the line it starts on, if known, and its reviews."""

    reviews: tuple[Review, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is left out: file, line (from 1) or None, reason, and the byte where reading stopped, if it did."""

    path: Path
    line: int | None
    fault: Fault
    byte: int | None = None


Row = Item | BadRow
