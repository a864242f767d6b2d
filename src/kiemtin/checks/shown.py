"""The evidence of a revision as a page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise

from kiemtin.checks.completeness import same_page
from kiemtin.checks.copies import shown_copies
from kiemtin.checks.enums import Interest, SourceKind
from kiemtin.checks.links import host_of
from kiemtin.checks.models import Revision, StoredCopy


@dataclass(frozen=True, slots=True)
class ShownSource:
    """One piece of evidence; see `checks.models.Source`.

    Attributes
    ----------
    url
        Empty unless a browser may follow it.
    copied, copy_sha256
        The copy that readers are told of.
    has_copy_page
        Whether there is more to tell of it than that.
    """

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
    has_copy_page: bool = False


def shown_sources(revision: Revision, copies: Sequence[StoredCopy] = ()) -> tuple[ShownSource, ...]:
    """Return the evidence of a revision, in its order.

    Parameters
    ----------
    copies
        All copies of the check's sources (`copies.stored_copies`), for a page that leads to them; without, only what
        the revision itself says is told.
    """
    shown = shown_copies(revision, copies) if copies else {}
    return tuple(_shown(source, shown.get(same_page(str(source.get("url") or "")))) for source in revision.sources)


def _shown(source: Mapping[str, object], copy: StoredCopy | None) -> ShownSource:
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
        copied=timezone.localdate(copy.taken) if copy else _date(text("copied")),
        copy_sha256=copy.sha256 if copy else text("copy_sha256"),
        has_copy_page=copy is not None,
    )


def _label(words: type[SourceKind] | type[Interest], value: str) -> str | Promise:
    return words(value).label if value in words.values else ""


def _date(value: str) -> dt.date | None:
    try:
        return parse_date(value[:10])
    except ValueError:
        return None
