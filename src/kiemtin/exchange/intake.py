"""Takes the reviews of a source: those that are its publisher's, under the name and the licence that the editor gave.

What another source brought first stays that source's: two that follow the same review would change it against each
other, and a source could change what is another publisher's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from django.conf import settings

from kiemtin.checks.actions.restore_external_reviews import restore_external_reviews
from kiemtin.checks.actions.upsert_external_reviews import Upserted, upsert_external_reviews
from kiemtin.checks.models import ExternalReview
from kiemtin.checks.review import Review
from kiemtin.exchange.following import same_page
from kiemtin.exchange.models import ReviewSource, SourcedReview, SourcePage
from kiemtin.exchange.sources import SourceState

OWN, ELSEWHERE, HELD, NO_ADDRESS = "own", "elsewhere", "held", "no-address"
"""Why reviews are left out: our own, not on the publisher's host, another source's, without an address to link to."""

_PORTS = {"http": 80, "https": 443}
_A_STATEMENT = 500


def host_of(url: str) -> str:
    """Return the host of an address without `www.`, with its port unless it is the usual one; "" if there is none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    return host if port in (None, _PORTS.get(parts.scheme)) or not host else f"{host}:{port}"


def is_at(url: str, site: str) -> bool:
    """Return whether an address is on a publisher's host or on one below it."""
    host = host_of(url)
    return bool(host and site) and (host == site or host.endswith(f".{site}"))


def is_ours(url: str) -> bool:
    """Return whether an address is on this installation."""
    return host_of(url) == host_of(settings.KIEMTIN_ADDRESS)


@dataclass(slots=True)
class Intake:
    """One reading of a source; a `Store` of `import_file`.

    Attributes
    ----------
    round
        Number of the content that is read.
    page
        The page that is read, of a source that is read page by page.
    left_out
        How many reviews were left out, by reason.
    """

    source: ReviewSource
    round: int
    page: SourcePage | None = None
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def salt(self) -> str:
        """Return what decides beside the content: whose it is, and how it is shown."""
        return f" source {self.source.pk} {self.source.version}"

    def take(self, reviews: Iterable[Review], *, by: str, origin: str) -> Upserted:
        """Store those that are the source's, and note that this round had them."""
        given = {review.key: review for review in map(self._shown, reviews) if self._is_theirs(review)}
        self._take_over(list(given))
        links = self._links(list(given.values()))
        rows = _rows(list(given), [link.review_id for link in links.values()])
        held = self._held([key for key in given if key not in links and key in rows])
        given = {key: review for key, review in given.items() if key not in held}
        counts = self._store(given, links, rows, by, origin)
        self._note(given, links)
        return counts

    def _is_theirs(self, review: Review) -> bool:
        reason = ""
        if not review.url:
            reason = NO_ADDRESS
        elif is_ours(review.url):
            reason = OWN
        elif not self.source.is_collection and not is_at(review.url, self.source.site):
            reason = ELSEWHERE
        self.left_out[reason] += bool(reason)
        return not reason

    def _shown(self, review: Review) -> Review:
        """Return it under the name and the licence that the editor gave."""
        source = self.source
        publisher = review.publisher_name if source.is_collection else source.publisher
        return replace(
            review,
            publisher_name=publisher or review.publisher_name,
            licence=review.licence or source.licence,
            language=review.language or source.language,
        )

    def _links(self, reviews: Sequence[Review]) -> dict[str, SourcedReview]:
        """Return what is known of the reviews, by the key that they have now."""
        mine = SourcedReview.objects.filter(source=self.source).select_related("review", "page")
        known: dict[str, SourcedReview] = {}
        for part in _parts([review.key for review in reviews]):
            known.update((link.key, link) for link in mine.filter(key__in=part))
        fresh = [review for review in reviews if review.key not in known]
        by_url: dict[str, list[SourcedReview]] = {}
        for part in _parts([review.url for review in fresh]):
            for link in mine.filter(url__in=part):
                by_url.setdefault(link.url, []).append(link)
        at = Counter(review.url for review in fresh)
        for review in fresh:
            before = by_url.get(review.url, [])
            # The one review of an address whose claim is worded anew is the same review.
            if len(before) == at[review.url] == 1 and before[0].key not in known and before[0].round != self.round:
                known[review.key] = before[0]
        return known

    def _take_over(self, keys: list[str]) -> None:
        """Make this source's what an ended one brought first: it comes back with it."""
        mine = SourcedReview.objects.filter(source=self.source).values("key")
        left = SourcedReview.objects.filter(source__state=SourceState.ENDED, is_gone=True).exclude(key__in=mine)
        for part in _parts(keys):
            left.filter(key__in=part).exclude(source=self.source).update(source=self.source, page=None)

    def _held(self, keys: list[str]) -> set[str]:
        """Return those that another source brought."""
        held: set[str] = set()
        for part in _parts(keys):
            held.update(SourcedReview.objects.filter(review__key__in=part).values_list("review__key", flat=True))
        self.left_out[HELD] += len(held)
        return held

    def _store(
        self,
        given: dict[str, Review],
        links: dict[str, SourcedReview],
        rows: dict[str, ExternalReview],
        by: str,
        origin: str,
    ) -> Upserted:
        """Store what is new or has changed, and restore what is back."""
        kept = [replace(review, key=links[key].review.key) if key in links else review for key, review in given.items()]
        changed = [one for one in kept if one.key not in rows or rows[one.key].digest != one.digest()]
        counts = Upserted(unchanged=len(kept) - len(changed))
        if changed:
            counts += upsert_external_reviews(reviews=changed, by=by, origin=origin)
        if back := [link.review.key for key, link in links.items() if key in given and link.is_gone]:
            restore_external_reviews(keys=back, by=by)
        return counts

    def _note(self, given: dict[str, Review], links: dict[str, SourcedReview]) -> None:
        """Note which reviews there are, where they stand, and that this round had them."""
        fresh = [key for key in given if key not in links]
        pks: dict[str, int] = {}
        for part in _parts(fresh):
            pks.update(ExternalReview.objects.filter(key__in=part).values_list("key", "pk"))
        SourcedReview.objects.bulk_create(
            [
                SourcedReview(
                    source=self.source,
                    review_id=pks[key],
                    key=key,
                    url=given[key].url,
                    page=self._page_of(given[key].url),
                    round=self.round,
                )
                for key in fresh
            ],
            batch_size=_A_STATEMENT,
        )
        same: list[SourcedReview] = []
        moved: list[SourcedReview] = []
        for key in given.keys() & links.keys():
            link = links[key]
            url = given[key].url
            page = self._page_of(url) or link.page
            is_same = (link.key, link.url, link.page, link.is_gone) == (key, url, page, False)
            (same if is_same else moved).append(link)
            link.key, link.url, link.page, link.is_gone, link.round = key, url, page, False, self.round
        for at in range(0, len(same), _A_STATEMENT):
            pks_of = [link.pk for link in same[at : at + _A_STATEMENT]]
            SourcedReview.objects.filter(pk__in=pks_of).update(round=self.round)
        SourcedReview.objects.bulk_update(moved, ["key", "url", "page", "is_gone", "round"], batch_size=100)

    def _page_of(self, url: str) -> SourcePage | None:
        """Return the page that is read if the review stands on it: a list of reviews may drop one that still stands."""
        return self.page if self.page is not None and same_page(url, self.page.url) else None


def _rows(keys: Sequence[str], pks: Sequence[int]) -> dict[str, ExternalReview]:
    """Return the stored reviews with these keys or numbers, by key."""
    light = ExternalReview.objects.only("pk", "key", "digest", "withdrawn")
    found: dict[str, ExternalReview] = {}
    for part in _parts(keys):
        found.update((row.key, row) for row in light.filter(key__in=part))
    for at in range(0, len(pks), _A_STATEMENT):
        found.update((row.key, row) for row in light.filter(pk__in=pks[at : at + _A_STATEMENT]))
    return found


def _parts(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    for at in range(0, len(keys), _A_STATEMENT):
        yield keys[at : at + _A_STATEMENT]
