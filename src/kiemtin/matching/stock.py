"""From ids in the index back to what is stored, with two questions to the database at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db.models import Q
from django.utils.translation import get_language

from kiemtin.checks.enums import PublicState
from kiemtin.checks.models import ExternalReview, FactCheck
from kiemtin.matching.finding import Finding, of_external_review, of_fact_check
from kiemtin.matching.records import check_pk

_ANSWERS = (PublicState.PUBLISHED, PublicState.CORRECTED)


@dataclass(slots=True)
class Stock:
    """The rows that some ids stand for, and their versions in the reader's language.

    What was withdrawn, even a moment ago, is not in it.
    """

    by_id: dict[str, Finding] = field(default_factory=dict)
    by_work: dict[str, Finding] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """Fetch for pairs of id and work; nothing is asked where there is none."""
        stock, language = cls(), get_language() or ""
        own: dict[int, str] = {}
        foreign: dict[str, str] = {}
        for id_, work in pairs:
            pk = check_pk(id_)
            if pk is None:
                foreign[id_] = work
            else:
                own[pk] = work
        # Our own come last, and so stay: they are preferred.
        if foreign:
            stock._take(map(of_external_review, _reviews(foreign, language)), language)
        if own:
            stock._take(map(of_fact_check, _checks(own, language)), language)
        return stock

    def find(self, id_: str, work: str) -> Finding | None:
        """Return what to show for an id: its version in the reader's language, else itself; None if it is gone."""
        found = self.by_id.get(id_)
        return self.by_work.get(work, found) if found else None

    def _take(self, findings: Iterable[Finding], language: str) -> None:
        for finding in findings:
            self.by_id[finding.key] = finding
            if finding.work and finding.language == language:
                self.by_work[finding.work] = finding


def _reviews(foreign: dict[str, str], language: str) -> Iterable[ExternalReview]:
    versions = Q(work__in=set(foreign.values()) - {""}, language=language)
    return ExternalReview.objects.filter(Q(key__in=foreign) | versions, withdrawn=False)


def _checks(own: dict[int, str], language: str) -> Iterable[FactCheck]:
    versions = Q(work__in={work for work in own.values() if check_pk(work) is None} - {""}, language=language)
    rows = FactCheck.objects.filter(Q(pk__in=own) | versions, public_state__in=_ANSWERS)
    return rows.select_related("latest", "desk")
