"""The content of a fact-check, apart from where it stands."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from kiemtin.checks.enums import Interest, SourceKind, Topic, Verdict
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.checks.models import Source as SourceRow
from kiemtin.checks.review import Source

# What no text needs: control characters, and overrides of the reading direction, which make an address read as another.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceContent:
    """One piece of evidence as an author gives it; see `models.Source` for the fields."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    kind: str = SourceKind.SECONDARY.value
    interest: str = ""
    shows: str = ""
    accessed: dt.date | None = None
    recheck_on: dt.date | None = None

    @classmethod
    def of(cls, row: SourceRow) -> SourceContent:
        """Return the content of a row."""
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})

    @classmethod
    def of_json(cls, stored: Source) -> SourceContent:
        """Return the content of a source as a revision cites it."""
        given = cast("dict[str, Any]", {field.name: stored.get(field.name) for field in fields(cls)})
        dates = {name: dt.date.fromisoformat(given[name]) for name in _DATES if given[name]}
        return cls(**{name: value for name, value in given.items() if value} | dates)

    def to_json(self) -> Source:
        """Return it as a revision cites it, without its copy: text only, empty fields left out."""
        found = {field.name: str(getattr(self, field.name) or "") for field in fields(self)}
        return cast("Source", {name: value for name, value in found.items() if value})

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written, as in a row of the form that was left empty."""
        return not (self.title or self.publisher or self.url or self.shows)

    def cleaned(self) -> SourceContent:
        """Return it as it is stored.

        Raises
        ------
        ValueError
            Kind or interest is none of ours.
        """
        return replace(
            self,
            title=one_line(self.title),
            publisher=one_line(self.publisher),
            url=one_line(self.url),
            shows=one_line(self.shows),
            kind=SourceKind(self.kind or SourceKind.SECONDARY).value,
            interest=Interest(self.interest).value if self.interest else "",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftContent:
    """What an author writes; see `models.FactCheck` for the fields."""

    claim: str = ""
    verdict: str = ""
    summary: str = ""
    body: str = ""
    topic: str = ""
    note: str = ""
    wordings: tuple[str, ...] = ()
    sources: tuple[SourceContent, ...] = ()

    @classmethod
    def of(cls, fact_check: FactCheck) -> DraftContent:
        """Return the working copy of a fact-check."""
        texts = {name: getattr(fact_check, name) for name in (*PUBLISHED_TEXTS, "note")}
        sources = tuple(map(SourceContent.of, fact_check.sources.all()))
        return cls(**texts, wordings=tuple(fact_check.wordings), sources=sources)

    @classmethod
    def of_revision(cls, revision: Revision) -> DraftContent:
        """Return what a revision published; its note belongs to that revision and is left out."""
        texts = {name: getattr(revision, name) for name in PUBLISHED_TEXTS}
        sources = tuple(map(SourceContent.of_json, revision.sources))
        return cls(**texts, wordings=tuple(revision.wordings), sources=sources)

    def cleaned(self) -> DraftContent:
        """Return it as it is stored: one form of each character and line end, no blank sources, no wording twice.

        Raises
        ------
        ValueError
            Verdict, topic, or kind or interest of a source is none of ours.
        """
        return DraftContent(
            claim=one_line(self.claim),
            verdict=Verdict(self.verdict).value if self.verdict else "",
            summary=many_lines(self.summary),
            body=many_lines(self.body),
            topic=Topic(self.topic).value if self.topic else "",
            note=many_lines(self.note),
            wordings=_distinct(self.wordings),
            sources=tuple(one for source in self.sources if not (one := source.cleaned()).is_blank),
        )

    def changed_from(self, before: DraftContent) -> tuple[str, ...]:
        """Return the names of the published fields that differ."""
        return tuple(name for name in PUBLISHED if getattr(self, name) != getattr(before, name))


PUBLISHED_TEXTS = ("claim", "verdict", "summary", "body", "topic")
PUBLISHED = (*PUBLISHED_TEXTS, "wordings", "sources")
_DATES = ("accessed", "recheck_on")


def one_line(text: str) -> str:
    """Return a text on one line, as it is stored."""
    return " ".join(many_lines(text).split())


def many_lines(text: str) -> str:
    """Return a text as it is stored: one form of each character and line end, nothing that hides in it."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub("", lines).strip()


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(one_line, texts))))
