"""The evidence of a revision as a page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.dateparse import parse_date
from django.utils.functional import Promise

from kiemtin.checks.enums import Interest, SourceKind
from kiemtin.checks.links import host_of
from kiemtin.checks.models import Revision


@dataclass(frozen=True, slots=True)
class ShownSource:
    """One piece of evidence; see `checks.models.Source`. `url` is empty unless a browser may follow it."""

    title: str
    publisher: str
    url: str
    host: str
    kind: str | Promise
    interest: str | Promise
    is_party: bool
    shows: str
    accessed: dt.date | None
    copied: dt.date | None
    copy_sha256: str


def shown_sources(revision: Revision) -> tuple[ShownSource, ...]:
    """Return the evidence of a revision, in its order."""
    return tuple(_shown(source) for source in revision.sources)


def _shown(source: Mapping[str, object]) -> ShownSource:
    def text(name: str) -> str:
        return str(source.get(name) or "")

    host = host_of(text("url"))
    return ShownSource(
        title=text("title") or text("publisher") or host,
        publisher=text("publisher") if text("title") else "",
        url=text("url") if host else "",
        host=host,
        kind=_label(SourceKind, text("kind")),
        interest=_label(Interest, text("interest")),
        is_party=text("interest") == Interest.PARTY,
        shows=text("shows"),
        accessed=_date(text("accessed")),
        copied=_date(text("copied")),
        copy_sha256=text("copy_sha256"),
    )


def _label(words: type[SourceKind] | type[Interest], value: str) -> str | Promise:
    return words(value).label if value in words.values else ""


def _date(value: str) -> dt.date | None:
    try:
        return parse_date(value[:10])
    except ValueError:
        return None
