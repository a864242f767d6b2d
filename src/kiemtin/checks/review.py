"""A review on its way into the database."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import TypedDict


class Source(TypedDict, total=False):
    """One piece of evidence, as it is stored; every value is text, empty keys are left out."""

    title: str
    publisher: str
    url: str
    kind: str
    interest: str
    accessed: str
    shows: str
    copied: str
    copy_sha256: str
    recheck_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Content of an `ExternalReview`; see there for the fields."""

    key: str
    publisher_name: str
    claim: str
    publisher_site: str = ""
    url: str = ""
    summary: str = ""
    wordings: tuple[str, ...] = ()
    rating: str = ""
    rating_value: float | None = None
    rating_best: float | None = None
    rating_worst: float | None = None
    language: str = ""
    published: dt.date | None = None
    claim_date: dt.date | None = None
    licence: str = ""
    sources: tuple[Source, ...] = ()
    work: str = ""
    sample: bool = False

    def digest(self) -> str:
        """Return SHA-256 over all fields in their order, hex."""
        content = json.dumps([getattr(self, name) for name in self.__slots__], sort_keys=True, default=str)
        return hashlib.sha256(content.encode()).hexdigest()
