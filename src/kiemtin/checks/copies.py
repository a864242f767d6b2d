"""Which copy belongs to which source: for the desk, for the next revision, and for readers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from kiemtin.checks.completeness import is_address, same_page
from kiemtin.checks.copy_models import CopyRequest, StoredCopy
from kiemtin.checks.draft import SourceContent
from kiemtin.checks.enums import CopyMethod, CopyState, PublicState
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.checks.review import Source


@dataclass(frozen=True, slots=True)
class SourceCopies:
    """What there is of a source: its copies, newest first, and what is still to be taken or could not be."""

    copies: tuple[StoredCopy, ...] = ()
    request: CopyRequest | None = None

    @property
    def newest(self) -> StoredCopy | None:
        """The copy that the next publication names."""
        return self.copies[0] if self.copies else None

    @property
    def is_waiting(self) -> bool:
        """Whether one is being taken."""
        return self.request is not None and self.request.state == CopyState.WAITING

    @property
    def has_failed(self) -> bool:
        """Whether the last try came to nothing."""
        return self.request is not None and self.request.state == CopyState.FAILED


def stored_copies(fact_check: FactCheck) -> list[StoredCopy]:
    """Return all copies of a check's sources, without their texts, oldest first."""
    return list(StoredCopy.objects.filter(fact_check=fact_check).defer("text"))


def copies_of_sources(fact_check: FactCheck) -> dict[str, SourceCopies]:
    """Return by page what there is of each source, also of those that are no longer cited: two queries."""
    found: dict[str, list[StoredCopy]] = {}
    for copy in reversed(stored_copies(fact_check)):
        found.setdefault(copy.page, []).append(copy)
    requests = {request.page: request for request in CopyRequest.objects.filter(fact_check=fact_check)}
    return {page: SourceCopies(tuple(found.get(page, ())), requests.get(page)) for page in {**found, **requests}}


def cited_with_copies(sources: Iterable[SourceContent], copies: Iterable[StoredCopy]) -> list[Source]:
    """Return sources as a revision cites them: each with the day and the SHA-256 of its newest copy."""
    newest = {copy.page: copy for copy in copies}  # they come oldest first
    return [_cited(source, newest.get(same_page(source.url))) for source in sources]


def without_copy(sources: Iterable[SourceContent], fact_check: FactCheck) -> list[str]:
    """Return the addresses of which there is no copy and none is being taken."""
    there = copies_of_sources(fact_check)
    found = {same_page(source.url): source.url for source in sources if is_address(source.url)}
    return [url for page, url in found.items() if page not in there]


def shown_copies(revision: Revision, copies: Sequence[StoredCopy]) -> dict[str, StoredCopy]:
    """Return by page the copy that readers are shown with a revision.

    It is the one that the revision names. Where it names none, the first that the program took of that page after the
    publication counts, for the last revision; a file that somebody handed in since then was approved by nobody.
    """
    named = _named(revision)
    found = {copy.page: copy for copy in copies if named.get(copy.page) == copy.sha256}
    if revision.pk is not None and revision.pk == revision.fact_check.latest_id:
        for copy in copies:
            is_later = copy.method == CopyMethod.FETCHED and copy.taken >= revision.at
            if is_later and not named.get(copy.page, "-"):
                found.setdefault(copy.page, copy)
    return found


def told_copy(sha256: str) -> StoredCopy | None:
    """Return a copy of which readers may know, as the first check with a page tells of it; None if none does."""
    rows = StoredCopy.objects.filter(sha256=sha256).exclude(fact_check__public_state=PublicState.UNPUBLISHED)
    told = [copy for copy in rows.select_related("fact_check__desk", "fact_check__latest") if is_told(copy)]
    return min(told, key=lambda copy: (not copy.is_public, copy.pk), default=None)


def cited_as(copy: StoredCopy) -> Source:
    """Return the source of which it is a copy, as the last version that cites it does; empty if none does."""
    cited = Revision.objects.filter(fact_check=copy.fact_check_id).order_by("-number").values_list("sources", flat=True)
    found = (source for sources in cited for source in sources if same_page(source.get("url", "")) == copy.page)
    return next(found, Source())


def is_told(copy: StoredCopy) -> bool:
    """Whether readers are told of a copy, by a published version or beside the last one."""
    latest = copy.fact_check.latest
    if latest is None:
        return False
    latest.fact_check = copy.fact_check
    return _is_named(copy) or copy in shown_copies(latest, stored_copies(copy.fact_check)).values()


def _is_named(copy: StoredCopy) -> bool:
    cited = Revision.objects.filter(fact_check=copy.fact_check_id).values_list("sources", flat=True)
    return any(source.get("copy_sha256") == copy.sha256 for sources in cited for source in sources)


def _named(revision: Revision) -> Mapping[str, str]:
    """Return the hash that a revision names for each page it cites, empty where it names none."""
    return {same_page(source.get("url", "")): source.get("copy_sha256", "") for source in revision.sources}


def _cited(source: SourceContent, copy: StoredCopy | None) -> Source:
    cited = source.to_json()
    if copy is not None:
        cited["copied"] = timezone.localdate(copy.taken).isoformat()
        cited["copy_sha256"] = copy.sha256
    return cited
