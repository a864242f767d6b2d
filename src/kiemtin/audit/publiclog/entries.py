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


OF_CHECKS = frozenset({Kind.PUBLISHED, Kind.CORRECTED, Kind.WITHDRAWN})
"""Kinds that are about a version of a fact-check; the others are about a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry.

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
        BCP 47 tag of claim or reason; empty when unknown.
    check, revision, verdict, claim
        Number of the fact-check and of its version, with what it found on what; of cases 0 and empty.
    case, reason
        Number of the case and the public reason; of fact-checks 0 and empty.
    """

    kind: str
    desk: str
    at: str
    content: str = ""
    language: str = ""
    check: int = 0
    revision: int = 0
    verdict: str = ""
    claim: str = ""
    case: int = 0
    reason: str = ""

    @property
    def about(self) -> str:
        """What it is about, as `LogEntry.about` has it."""
        return about_check(self.check, self.revision) if self.kind in OF_CHECKS else about_case(self.case)

    def leaf(self) -> bytes:
        """Return the bytes that are hashed; a text that would make them too long is cut, its hash stays whole.

        Raises
        ------
        EntryError
            They are too long all the same.
        """
        fields = {name: value for name, value in asdict(self).items() if value}
        for name in ("claim", "reason"):
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
        if entry.leaf() != leaf:
            raise EntryError("it is not canonical")
        return entry


_NUMBERS = frozenset({"check", "revision", "case"})


def about_check(check: int, revision: int) -> str:
    """Return what an entry on a version of a fact-check is found by."""
    return f"check/{check}/{revision}"


def about_case(case: int) -> str:
    """Return what entries on a case are found by."""
    return f"case/{case}"


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
