"""Sources that changed or are gone, and copies of sources, as the desk shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from kiemtin.checks.actions.hold_source import mark
from kiemtin.checks.completeness import is_address, same_page
from kiemtin.checks.copies import SourceCopies, copies_of_sources, is_told
from kiemtin.checks.links import host_of
from kiemtin.checks.models import CitedSource, CopyRequest, FactCheck, Source, StoredCopy
from kiemtin.exchange.copy_files import file_name
from kiemtin.exchange.fetching.failures import Failure


@dataclass(frozen=True, slots=True)
class FlaggedSource:
    """A source to look at. `seen` says how it stood when the page was made; `why` is empty if it was read."""

    source: CitedSource
    host: str
    why: str | Promise
    seen: str


@dataclass(frozen=True, slots=True)
class RecheckRow:
    """A check to look at again, with the sources that are why; empty if only its day has come."""

    check: FactCheck
    flagged: tuple[FlaggedSource, ...]


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy, what its file is called, and whether readers are told of it."""

    copy: StoredCopy
    file_name: str
    is_told: bool

    @property
    def is_archive(self) -> bool:
        """Whether it is a page."""
        return self.copy.media_type == "application/warc"

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture."""
        return self.copy.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of the working copy, what there is of it, and how it stands if it is published."""

    source: Source
    number: int
    can_be_copied: bool
    copies: tuple[CopyRow, ...]
    is_waiting: bool
    failure: str | Promise
    cited: CitedSource | None
    flagged: FlaggedSource | None


def recheck_rows(checks: Iterable[FactCheck]) -> list[RecheckRow]:
    """Return the rows of the queue's re-check part; fetch `flagged_sources` with the checks."""
    return [RecheckRow(check, tuple(map(_flagged, check.flagged_sources))) for check in checks]  # type: ignore[attr-defined]


def flagged_sources(fact_check: FactCheck) -> tuple[FlaggedSource, ...]:
    """Return the sources of a check that a person is asked to look at."""
    return tuple(map(_flagged, fact_check.cited_sources.filter(flagged__isnull=False)))


def source_rows(fact_check: FactCheck) -> list[SourceRow]:
    """Return the sources of the working copy with their copies."""
    there = copies_of_sources(fact_check)
    cited = {source.page: source for source in fact_check.cited_sources.all()}
    return [_row(fact_check, source, number, there, cited) for number, source in enumerate(fact_check.sources.all(), 1)]


def why_not(request: CopyRequest | None) -> str | Promise:
    """Return in words why no copy could be taken; empty if that is not so."""
    return _reason(request.failure) if request is not None and request.failure else ""


def _row(
    fact_check: FactCheck, source: Source, number: int, there: dict[str, SourceCopies], cited: dict[str, CitedSource]
) -> SourceRow:
    page = same_page(source.url)
    found, standing = there.get(page, SourceCopies()), cited.get(page)
    for copy in found.copies:
        copy.fact_check = fact_check
    return SourceRow(
        source=source,
        number=number,
        can_be_copied=is_address(source.url),
        copies=tuple(CopyRow(copy, file_name(copy), is_told(copy)) for copy in found.copies),
        is_waiting=found.is_waiting,
        failure=why_not(found.request),
        cited=standing,
        flagged=_flagged(standing) if standing and standing.flagged else None,
    )


def _flagged(source: CitedSource) -> FlaggedSource:
    return FlaggedSource(source, host_of(source.url), _reason(source.failure), mark(source))


def _reason(failure: str) -> str | Promise:
    return Failure(failure).label if failure in Failure.values else ""
