"""Publish the sample library at a desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace
from importlib.resources import files
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext, override

from kiemtin.accounts.models import Desk, User
from kiemtin.audit.record import record
from kiemtin.checks.actions.approve import approve
from kiemtin.checks.actions.publish import publish
from kiemtin.checks.actions.save_draft import save_draft
from kiemtin.checks.actions.start_correction import start_correction
from kiemtin.checks.actions.start_fact_check import start_fact_check
from kiemtin.checks.actions.submit import submit
from kiemtin.checks.actions.withdraw_external_reviews import withdraw_external_reviews
from kiemtin.checks.draft import DraftContent
from kiemtin.checks.enums import Stage
from kiemtin.checks.models import ExternalReview, FactCheck
from kiemtin.exchange.exceptions import SampleError
from kiemtin.exchange.mapping.sample import Sample, to_sample


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many fact-checks were new, were corrected, and stayed as they are."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@transaction.atomic
def load_samples(*, desk: Desk, author: User, approver: User, by: str, folder: Path | None = None) -> Loaded:
    """Publish each sample in each of its languages, all or none, by the same actions as people do.

    What a person made of a sample stands: a check is corrected only if the sample itself is another one than every
    revision of it, and no draft of a correction is touched.

    Parameters
    ----------
    author, approver
        Two people of the desk whose roles let them write, and approve and publish.
    by
        The role in which it is done, for the audit.
    folder
        Of the sample library; the one in this package unless given.

    Raises
    ------
    SampleError
        The library cannot be read, or a sample is not complete, or its check belongs to another desk.
    WorkError
        One of the two may not, or the desk has not written its pages.
    """
    loader = _Loader(desk, author, approver)
    counts = sum((loader.load(sample) for sample in _samples(folder)), Loaded())
    old = ExternalReview.objects.filter(sample=True, withdrawn=False).values_list("key", flat=True)
    withdraw_external_reviews(keys=list(old), by=by)
    detail = {"added": counts.added, "changed": counts.changed, "unchanged": counts.unchanged}
    record(by=by, verb="samples.loaded", object_type="desk", object_id=str(desk.pk), desk=desk.slug, detail=detail)
    return counts


def _samples(folder: Path | None) -> Iterator[Sample]:
    library = folder or files("kiemtin") / "samples" / "checks"
    try:
        found = {file.name: file for file in library.iterdir() if file.name.endswith(".json")}
        checks = [json.loads(found[name].read_text(encoding="utf-8")) for name in sorted(found)]
    except (OSError, ValueError) as error:
        raise SampleError(f"the sample library cannot be read: {error}") from error
    yield from map(to_sample, checks)


@dataclass(frozen=True, slots=True)
class _Loader:
    """Two people of a desk at work."""

    desk: Desk
    author: User
    approver: User

    def load(self, sample: Sample) -> Loaded:
        """Publish what is not there yet, in each language."""
        known = {row.language: row for row in FactCheck.objects.filter(work=sample.slug).select_related("desk")}
        counts = Loaded()
        for language, content in sample.contents.items():
            counts += self._load(sample.slug, language, content, known.get(language))
        return counts

    def _load(self, work: str, language: str, content: DraftContent, row: FactCheck | None) -> Loaded:
        if row is None:
            row = start_fact_check(desk=self.desk, by=self.author, language=language, work=work)
            self._publish(row, content)
            return Loaded(added=1)
        if row.desk != self.desk:
            raise SampleError(f"sample {work} is a fact-check of another desk, {row.desk.slug}")
        if row.stage != Stage.SETTLED or not row.is_answer or _is_known(row, content):
            return Loaded(unchanged=1)
        with override(language):
            note = gettext("The sample library was brought up to date.")
        self._publish(start_correction(fact_check=row, by=self.author), replace(content, note=note))
        return Loaded(changed=1)

    def _publish(self, row: FactCheck, content: DraftContent) -> None:
        row = save_draft(fact_check=row, by=self.author, version=row.version, content=content)
        row = submit(fact_check=row, by=self.author, version=row.version)
        row = approve(fact_check=row, by=self.approver, version=row.version)
        publish(fact_check=row, by=self.approver)


def _is_known(row: FactCheck, content: DraftContent) -> bool:
    """Whether the check was once published with this content."""
    return any(DraftContent.of_revision(revision) == content for revision in row.revisions.all())
