"""What may be given as an answer: one shape for our own fact-checks and for the reviews of other publishers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from kiemtin.checks.enums import Verdict
from kiemtin.checks.models import ExternalReview, FactCheck, Revision
from kiemtin.checks.slug import slug
from kiemtin.matching.records import check_id


class FindingKind(StrEnum):
    """Whose work it is."""

    OWN = "fact-check"
    EXTERNAL = "external-review"


@dataclass(frozen=True, slots=True)
class Finding:
    """A published check, joined back to its row.

    Attributes
    ----------
    kind
        Whose work it is.
    key, work
        Its id in the index, and what its translations share.
    publisher_name, publisher_site
        The desk, or the other publisher; its site without protocol and `www.`.
    claim, rating, summary
        The claim in one sentence, the publisher's own words for its finding (ours in the reader's language), and why.
    verdict
        Our verdict; empty for other publishers, whose words are never translated into ours.
    url
        Absolute address of its page.
    sources
        Evidence: objects with the fields of `checks.models.Source`, as far as known.
    published
        When first.
    language, licence
        BCP 47 tag; address or name of the licence of the text.
    sample
        Whether it is sample content.
    fact_check, revision, external_review
        The rows: the first two for ours, the last for other publishers.
    """

    kind: FindingKind
    key: str
    publisher_name: str
    claim: str
    work: str = ""
    publisher_site: str = ""
    rating: str = ""
    verdict: str = ""
    summary: str = ""
    url: str = ""
    sources: tuple[Mapping[str, Any], ...] = ()
    published: date | None = None
    language: str = ""
    licence: str = ""
    sample: bool = False
    fact_check: FactCheck | None = None
    revision: Revision | None = None
    external_review: ExternalReview | None = None

    @property
    def is_own(self) -> bool:
        """Whether it is a fact-check of a desk here."""
        return self.kind is FindingKind.OWN


def of_fact_check(check: FactCheck) -> Finding:
    """Return a fact-check as its last revision tells it; fetch `latest` and `desk` with it.

    Raises
    ------
    ValueError
        Nothing of it was published.
    """
    revision = check.latest
    if revision is None:
        raise ValueError(f"fact-check {check.pk} is not published")
    return Finding(
        kind=FindingKind.OWN,
        key=check_id(check.pk),
        work=check.work or check_id(check.pk),
        publisher_name=check.desk.name,
        claim=revision.claim,
        rating=str(Verdict(revision.verdict).label),
        verdict=revision.verdict,
        summary=revision.summary,
        url=address_of(check),
        sources=tuple(revision.sources),
        published=timezone.localdate(check.published) if check.published else None,
        language=revision.language,
        sample=check.desk.is_sample,
        fact_check=check,
        revision=revision,
    )


def of_external_review(review: ExternalReview) -> Finding:
    """Return a review of another publisher."""
    return Finding(
        kind=FindingKind.EXTERNAL,
        key=review.key,
        work=review.work,
        publisher_name=review.publisher_name,
        publisher_site=review.publisher_site,
        claim=review.claim,
        rating=review.rating,
        summary=review.summary,
        url=review.url,
        sources=tuple(review.sources),
        published=review.published,
        language=review.language,
        licence=review.licence,
        sample=review.sample,
        external_review=review,
    )


def path_of(check: FactCheck) -> str:
    """Return the path of a fact-check's page, with the pages around it in the active language."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    name = check.slug or slug(check.latest.claim if check.latest else "")
    return f"{prefix}/checks/{check.pk}/{name}/"


def address_of(check: FactCheck) -> str:
    """Return the absolute address of a fact-check's page."""
    return f"{settings.KIEMTIN_ADDRESS}{path_of(check)}"
