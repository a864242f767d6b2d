"""From what is stored to what is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from kiemtin.api.v1 import schemas
from kiemtin.checks.enums import RevisionKind, Topic, Verdict
from kiemtin.checks.models import FactCheck, Revision
from kiemtin.matching.finding import Finding, address_of


def finding(found: Finding) -> schemas.Finding:
    """Return a check of ours or of another publisher."""
    return schemas.Finding(
        kind=found.kind.value,
        check=found.fact_check.pk if found.fact_check is not None else None,
        revision=found.revision.number if found.revision is not None else None,
        publisher=schemas.Publisher(name=found.publisher_name, site=found.publisher_site),
        claim=found.claim,
        verdict=Verdict(found.verdict) if found.verdict else None,
        rating=found.rating,
        summary=found.summary,
        url=found.url,
        language=found.language,
        published=found.published,
        licence=found.licence,
        sources=sources(found.sources),
        sample=found.sample,
    )


def sources(rows: Iterable[Mapping[str, Any]]) -> list[schemas.Source]:
    """Return the evidence."""
    names = schemas.Source.model_fields
    return [schemas.Source(**{name: str(row.get(name) or "") for name in names}) for row in rows]


def correction(revision: Revision) -> schemas.Correction:
    """Return the public note of a revision."""
    return schemas.Correction(
        revision=revision.number, kind=RevisionKind(revision.kind), note=revision.note, at=revision.at
    )


def check_row(check: FactCheck, revision: Revision) -> schemas.CheckRow:
    """Return a fact-check as lists show it."""
    return schemas.CheckRow(**_row(check, revision))


def check_whole(
    check: FactCheck, revision: Revision, *, corrections: Iterable[Revision], translations: Iterable[int]
) -> schemas.Check:
    """Return a fact-check with all there is of it."""
    return schemas.Check(
        **_row(check, revision),
        body=revision.body,
        authors=[str(name) for name in revision.authors],
        sources=sources(revision.sources),
        wordings=[str(wording) for wording in revision.wordings],
        corrections=[correction(one) for one in corrections],
        translations=list(translations),
    )


def revision_row(revision: Revision) -> schemas.RevisionRow:
    """Return a version as lists show it."""
    return schemas.RevisionRow(**_version(revision))


def revision_whole(revision: Revision) -> schemas.Revision:
    """Return a version as it was published."""
    return schemas.Revision(
        **_version(revision),
        claim=revision.claim,
        verdict=Verdict(revision.verdict),
        label=str(Verdict(revision.verdict).label),
        summary=revision.summary,
        body=revision.body,
        topic=Topic(revision.topic),
        language=revision.language,
        authors=[str(name) for name in revision.authors],
        sources=sources(revision.sources),
    )


def _row(check: FactCheck, revision: Revision) -> dict[str, Any]:
    return {
        "id": check.pk,
        "claim": revision.claim,
        "verdict": Verdict(revision.verdict),
        "label": str(Verdict(revision.verdict).label),
        "summary": revision.summary,
        "topic": Topic(revision.topic),
        "language": revision.language,
        "url": address_of(check),
        "desk": check.desk.name,
        "published": check.published,
        "changed": check.changed,
        "revision": revision.number,
        "state": check.public_state,
        "sample": check.desk.is_sample,
    }


def _version(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "kind": RevisionKind(revision.kind),
        "note": revision.note,
        "at": revision.at,
        "changed_fields": [str(name) for name in revision.changed_fields],
    }
