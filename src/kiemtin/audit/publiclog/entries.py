"""What an entry of the public log says, and the bytes that are hashed: canonical JSON (RFC 8785).

Nothing of people is in it. The content that was published is in it as a hash only, with claim and verdict in words.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import rfc8785
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kiemtin.audit.exceptions import EntryError

FORMAT = "kiemtin-log/1"
LONGEST = 0xFFFF
"""Bytes of an entry: its length is told in two bytes (C2SP tlog-tiles)."""

LONGEST_TEXT = 5_000
"""Characters of claim or reason in an entry, at most six bytes each; the rest is in the hash only."""

_MARK = "…"


class Kind(TextChoices):
    """What happened."""

    PUBLISHED = "published", _("Published")
    CORRECTED = "corrected", _("Corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECLINED = "declined", _("Declined")
    REOPENED = "reopened", _("Reopened")


VERSIONS = frozenset({Kind.PUBLISHED, Kind.CORRECTED, Kind.WITHDRAWN})
"""Kinds that are about a version of something published; the others are about a case."""

WORDS = ("claim", "title", "reason")
"""Fields with text of a desk, which is cut where it would be too long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. It is about one thing: a fact-check, a scam alert, a page of a desk about itself, or a case.

    Attributes
    ----------
    kind
        What happened.
    desk
        Who did it, as in addresses.
    at
        When, by RFC 3339 in UTC.
    content
        SHA-256 of the canonical JSON of what was published, hex. A case that was reopened has none.
    language
        BCP 47 tag of what was published; empty when unknown.
    revision
        Number of the version; 0 of cases.
    check, verdict, claim
        Number of the fact-check, what it found on what.
    alert, title
        Number and title of the scam alert.
    page
        Which page of the desk, as `PageKind` has it: `method`.
    case, reason
        Number of the case and the public reason.
    """

    kind: str
    desk: str
    at: str
    content: str = ""
    language: str = ""
    revision: int = 0
    check: int = 0
    verdict: str = ""
    claim: str = ""
    alert: int = 0
    title: str = ""
    page: str = ""
    case: int = 0
    reason: str = ""

    @property
    def subject(self) -> str:
        """What it is about, whatever the version: `check/12`, `alert/3`, `case/5`, `page/ban-tin/method/vi`."""
        if self.page:
            return page_subject(self.desk, self.page, self.language)
        return f"check/{self.check}" if self.check else f"alert/{self.alert}" if self.alert else f"case/{self.case}"

    @property
    def about(self) -> str:
        """What it is about, as `LogEntry.about` has it."""
        return about_of(self.subject, self.revision)

    @property
    def words(self) -> str:
        """Claim, title or reason; empty of a page."""
        return self.claim or self.title or self.reason

    def leaf(self) -> bytes:
        """Return the bytes that are hashed; a text that would make them too long is cut, its hash stays whole.

        Raises
        ------
        EntryError
            They are too long all the same.
        """
        fields = {name: value for name, value in asdict(self).items() if value}
        for name in WORDS:
            if len(str(fields.get(name, ""))) > LONGEST_TEXT:
                fields[name] = fields[name][: LONGEST_TEXT - 1] + _MARK
        return checked_length(canonical({"format": FORMAT, **fields}))

    @classmethod
    def of_leaf(cls, leaf: bytes) -> Entry:
        """Read an entry; only what `leaf` writes is taken.

        Raises
        ------
        EntryError
        """
        try:
            given = json.loads(checked_length(leaf))
            if not isinstance(given, dict) or given.pop("format", None) != FORMAT:
                raise EntryError("it is in no form that is known here")
            entry = cls(**given)
        except (ValueError, TypeError, RecursionError) as error:
            raise EntryError(str(error)) from error
        if entry.kind not in Kind.values or not all(
            isinstance(value, int if name in _NUMBERS else str) and not isinstance(value, bool)
            for name, value in asdict(entry).items()
        ):
            raise EntryError("a field is not of its kind")
        if not entry._is_about_one():
            raise EntryError("it is not about one thing")
        if entry.leaf() != leaf:
            raise EntryError("it is not canonical")
        return entry

    def _is_about_one(self) -> bool:
        """Whether it says what it is about, once: who reads it must not be able to take it in two ways."""
        published = [bool(self.check), bool(self.alert), bool(self.page)]
        if self.kind in VERSIONS:
            return sum(published) == 1 and self.revision > 0 and not self.case
        return self.case > 0 and not any(published) and not self.revision


_NUMBERS = frozenset({"revision", "check", "alert", "case"})


def page_subject(desk: str, page: str, language: str) -> str:
    """Return what a page of a desk is called, whatever its version."""
    return f"page/{desk}/{page}/{language}"


def about_of(subject: str, revision: int = 0) -> str:
    """Return what the entry on a version, or those on a case, are found by: not longer than its column."""
    if subject.startswith("page/"):
        # A desk's name in addresses may be as long as the column.
        subject = f"page/{hashlib.sha256(subject.encode()).hexdigest()[:32]}"
    return f"{subject}/{revision}" if revision else subject


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return JSON in its one canonical form (RFC 8785), UTF-8.

    Raises
    ------
    EntryError
        It holds what JSON cannot say.
    """
    try:
        return rfc8785.dumps(dict(value))
    except ValueError as error:
        raise EntryError(str(error)) from error


def digest_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what was published, in canonical JSON, hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def moment(value: dt.datetime) -> str:
    """Return a moment by RFC 3339, in UTC, with microseconds."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def checked_length(leaf: bytes) -> bytes:
    """Return the bytes of an entry.

    Raises
    ------
    EntryError
        They are too many.
    """
    if len(leaf) > LONGEST:
        raise EntryError(f"an entry of {len(leaf)} bytes is too long")
    return leaf
