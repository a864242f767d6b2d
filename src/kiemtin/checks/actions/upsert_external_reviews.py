"""Add reviews of other publishers, or bring them up to date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from kiemtin.audit.record import record
from kiemtin.checks.actions.number_changes import number_changes
from kiemtin.checks.bulk import write_rows
from kiemtin.checks.models import ExternalReview
from kiemtin.checks.review import Review
from kiemtin.checks.signals import reviews_changed

_CONTENT = tuple(
    name for name in Review.__dataclass_fields__ if name != "key"
)  # what an existing row gets anew; whether it is withdrawn is not the content's to say
_SHOWN = ("rating", "claim", "summary")  # what an asker is shown of it as the answer


@dataclass(frozen=True, slots=True)
class Upserted:
    """How many reviews were new, had changed, and were known already."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: Upserted) -> Upserted:
        return Upserted(self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged)


@transaction.atomic
def upsert_external_reviews(*, reviews: Iterable[Review], by: str, origin: str = "") -> Upserted:
    """Store reviews by their key, all or none; audited as one event with the counts.

    Who was given a review whose words have changed is told (`signals.reviews_changed`).

    Parameters
    ----------
    reviews
        When two have the same key, the later one counts.
    by
        The role in which it is done (see `audit.record`).
    origin
        What they come from, for the audit: the key of an import run.
    """
    given = list(reviews)
    latest = {review.key: (review, review.digest()) for review in given}
    known = _known_digests(latest)
    fresh = [(review, digest) for key, (review, digest) in latest.items() if known.get(key) != digest]
    reworded = _reworded([review for review, _ in fresh if review.key in known])
    _write(fresh)
    if reworded:
        reviews_changed.send(sender=ExternalReview, pks=reworded)
    added = sum(review.key not in known for review, _ in fresh)
    counts = Upserted(added, len(fresh) - added, len(given) - len(fresh))
    record(by=by, verb="reviews.upserted", object_type="import", desk="", object_id=origin, detail=asdict(counts))
    return counts


def _known_digests(keys: Iterable[str]) -> dict[str, str]:
    wanted = list(keys)
    known: dict[str, str] = {}
    for at in range(0, len(wanted), 500):
        part = ExternalReview.objects.filter(key__in=wanted[at : at + 500])
        known.update(part.values_list("key", "digest"))
    return known


def _reworded(changed: list[Review]) -> list[int]:
    """Note of rows that are about to change when they did, and what they said; returns those that say another thing."""
    new = {review.key: review for review in changed}
    rows = [row for row in ExternalReview.objects.filter(key__in=new) if _says_another_thing(row, new[row.key])]
    for row in rows:
        row.reworded, row.rating_before = timezone.now(), row.rating
    ExternalReview.objects.bulk_update(rows, ["reworded", "rating_before"], batch_size=500)
    return [row.pk for row in rows]


def _says_another_thing(row: ExternalReview, new: Review) -> bool:
    return any(getattr(row, name) != getattr(new, name) for name in _SHOWN)


def _write(fresh: list[tuple[Review, str]]) -> None:
    if not fresh:
        return
    numbers = number_changes(count=len(fresh))
    rows = [_row(review, digest, seq) for (review, digest), seq in zip(fresh, numbers, strict=True)]
    write_rows(rows, unique="key", update=[*_CONTENT, "digest", "seq", "updated"])


def _row(review: Review, digest: str, seq: int) -> ExternalReview:
    content = {name: getattr(review, name) for name in Review.__dataclass_fields__}
    content |= {"wordings": list(review.wordings), "sources": list(review.sources)}
    return ExternalReview(**content, digest=digest, seq=seq)
